# Times R on a table written by BenchmarkAgainstR; arguments: table, formula, family, repeats, studies. Prints one line per fitter:
# name, seconds, processor seconds (of the fastest), package version, R version. Data are in memory; the time is the fit with standard
# errors (summary included). With studies > 0 it is that many simulated studies, each drawn from the fitted model and fitted again.
a <- commandArgs(TRUE)
d <- read.csv(a[1], stringsAsFactors = TRUE); f <- as.formula(a[2]); n <- as.integer(a[4]); studies <- as.integer(a[5])
best <- function(name, package, expr) {
  if (!requireNamespace(package, quietly = TRUE)) return(invisible())
  t <- sapply(seq_len(n), function(i) { s <- system.time(suppressWarnings(suppressMessages(expr()))); c(s[["elapsed"]], s[["user.self"]] + s[["sys.self"]]) })
  cat(name, min(t[1, ]), min(t[2, ]), as.character(packageVersion(package)), paste0(R.version$major, ".", R.version$minor), "\n")
}
bobyqa <- function(d) summary(lme4::glmer(f, d, a[3], control = lme4::glmerControl(optimizer = "bobyqa")))
if (studies > 0) {
  m <- suppressWarnings(lme4::glmer(f, d, a[3], control = lme4::glmerControl(optimizer = "bobyqa")))
  y <- simulate(m, studies, seed = 1); response <- all.vars(f)[1]
  best("glmer", "lme4", function() for (k in seq_len(studies)) { d[[response]] <- y[[k]]; bobyqa(d) })
} else if (a[3] == "gaussian") {
  best("lmer", "lme4", function() summary(lme4::lmer(f, d)))
} else {
  best("glmer", "lme4", function() bobyqa(d))
  best("glmmTMB", "glmmTMB", function() summary(glmmTMB::glmmTMB(f, d, family = a[3])))
}
