# Times R on a table written by BenchmarkAgainstR; arguments: table, formula, family, repeats. Prints one line per fitter:
# name, seconds (the fastest), version. Data are in memory; the time is the fit with standard errors (summary included).
a <- commandArgs(TRUE)
d <- read.csv(a[1], stringsAsFactors = TRUE); f <- as.formula(a[2]); n <- as.integer(a[4])
best <- function(name, package, expr) {
  if (!requireNamespace(package, quietly = TRUE)) return(invisible())
  t <- min(sapply(seq_len(n), function(i) system.time(suppressWarnings(suppressMessages(expr())))[["elapsed"]]))
  cat(name, t, as.character(packageVersion(package)), R.version$major, R.version$minor, "\n")
}
if (a[3] == "gaussian") {
  best("lmer", "lme4", function() summary(lme4::lmer(f, d)))
} else {
  best("glmer", "lme4", function() summary(lme4::glmer(f, d, a[3], control = lme4::glmerControl(optimizer = "bobyqa"))))
  best("glmmTMB", "glmmTMB", function() summary(glmmTMB::glmmTMB(f, d, family = a[3])))
}
