# Writes reference.csv: estimates of R's packages on study.csv, each polished until its gradient is about 0. See SOURCE.md.
suppressMessages({library(lme4); library(lmerTest); library(glmmTMB); library(ordinal); library(MASS); library(numDeriv); library(emmeans)})
d <- read.csv("study.csv", stringsAsFactors = TRUE)
d$rating <- factor(d$rating)
out <- list()
put <- function(model, part, name, a, b = NA, c = NA, p = NA)
  out[[length(out) + 1]] <<- data.frame(model, part, name, a = sprintf("%.12g", a), b = sprintf("%.12g", b), c = sprintf("%.12g", c), p = sprintf("%.12g", p))
newton <- function(fn, gr, x, n = 4) { for (i in seq_len(n)) x <- x - solve(jacobian(gr, x), gr(x)); x }
# glmer, for quadrature (glmmTMB has none): bobyqa on the Laplace deviance with tolPwrss = 1e-13, then Newton steps with Richardson differences
polish_glmer <- function(id, formula, family, nAGQ = 1, d. = d) {
  ctl <- glmerControl(tolPwrss = 1e-13, optimizer = "bobyqa", optCtrl = list(rhoend = 1e-8, maxfun = 1e5))
  m <- glmer(formula, d., family, nAGQ = nAGQ, control = ctl)
  dev <- update(m, devFunOnly = TRUE)
  x <- c(getME(m, "theta"), fixef(m))
  gr <- function(x) grad(dev, x)
  x <- newton(dev, gr, x, 2)
  nt <- length(getME(m, "theta"))
  h <- hessian(dev, x)
  se <- sqrt(diag(2 * solve(h)))[-seq_len(nt)]
  b <- x[-seq_len(nt)]
  for (i in seq_along(b)) put(id, "fixed", names(fixef(m))[i], b[i], se[i], NA, 2 * pnorm(-abs(b[i] / se[i])))
  for (i in seq_len(nt)) put(id, "theta", names(getME(m, "theta"))[i], x[i])
  if (nAGQ == 1) put(id, "logLik", "", -dev(x) / 2)
  put(id, "deviance", "", deviance(m))
}
polish_glmer("agq", error ~ design + (1 | participant), binomial, nAGQ = 9)
# glmmTMB: Newton steps on TMB's own gradient
polish_tmb <- function(id, formula, family) {
  m <- glmmTMB(formula, d, family = family)
  obj <- m$obj
  x <- newton(obj$fn, function(x) as.vector(obj$gr(x)), m$fit$par, 4)
  h <- jacobian(function(x) as.vector(obj$gr(x)), x)
  se <- sqrt(diag(solve(h)))
  nb <- names(x) == "beta"
  for (i in which(nb)) put(id, "fixed", names(fixef(m)$cond)[i], x[i], se[i], NA, 2 * pnorm(-abs(x[i] / se[i])))
  th <- x[names(x) == "theta"]
  if (id != "slope") for (i in seq_along(th)) put(id, "sd", paste(names(VarCorr(m)$cond)[i], "(Intercept)"), exp(th[i]))
  if ("betad" %in% names(x)) put(id, "nbtheta", "", exp(x[names(x) == "betad"]))
  put(id, "logLik", "", -obj$fn(x))
}
polish_tmb("logit2", error ~ design + (1 | participant) + (1 | task), binomial)
polish_tmb("logitx", error ~ design * ward + order + (1 | participant) + (1 | task), binomial)
polish_tmb("probit", error ~ design + (1 | participant) + (1 | task), binomial("probit"))
polish_tmb("grouped", cbind(wrong, fields - wrong) ~ design + (1 | participant) + (1 | task) + (1 | ward:task), binomial)
polish_tmb("pois2", keys ~ design + offset(log(fields)) + (1 | participant) + (1 | task), poisson)
polish_tmb("slope", keys ~ design + (1 + order | participant) + (1 | task), poisson)
polish_tmb("nb2", keys ~ design + (1 | participant) + (1 | task), nbinom2)
# cumulative mixed: ordinal::clmm stops with a gradient near 1e-4, so its Laplace likelihood is written out here and polished;
# clmm itself is checked against it to 3 digits
laplace_clmm <- function(id, formula, random) {
  m <- clmm(formula, data = d)
  X <- model.matrix(~ design, d)[, -1]; y <- as.integer(d$rating); J <- nlevels(d$rating); n <- nrow(d)
  Z <- lapply(random, function(g) model.matrix(~ 0 + d[[g]])); nb <- ncol(X)
  ZZ <- do.call(cbind, Z); of <- rep(seq_along(Z), sapply(Z, ncol))
  env <- new.env(); env$u <- rep(0, ncol(ZZ))
  nll <- function(par) {
    tau <- c(-Inf, par[1:(J - 1)], Inf); eta0 <- X %*% par[J - 1 + 1:nb]; A <- t(t(ZZ) * par[J - 1 + nb + of])
    u <- env$u
    for (it in 1:100) {
      eta <- as.vector(eta0 + A %*% u); a <- tau[y + 1] - eta; b <- tau[y] - eta
      pa <- plogis(a); pb <- plogis(b); fa <- dlogis(a); fb <- dlogis(b)
      p <- ifelse(b > 0, plogis(-b) - plogis(-a), pa - pb)
      ga <- fa * (1 - 2 * pa); gb <- fb * (1 - 2 * pb)
      r <- -(fa - fb) / p; w <- ((fa - fb) / p)^2 - (ga - gb) / p
      H <- crossprod(A, w * A) + diag(ncol(A)); g <- crossprod(A, r) - u
      s <- solve(H, g)
      if (sum(s * g) < 1e-22) break
      u <- u + as.vector(s)
    }
    env$u <- u
    -sum(log(p)) + sum(u^2) / 2 + as.numeric(determinant(H)$modulus) / 2
  }
  x <- c(m$alpha, m$beta, unlist(lapply(m$ST, function(s) s[1]))[match(random, names(m$ST))])
  if (abs(nll(x) + as.numeric(logLik(m))) > 1e-3) print(c(x, nll(x), logLik(m)))
  x <- newton(nll, function(x) grad(nll, x), x, 3)
  se <- sqrt(diag(solve(hessian(nll, x)))); k <- J - 1 + nb
  for (i in 1:k) put(id, "fixed", c(names(m$alpha), names(m$beta))[i], x[i], se[i], NA, 2 * pnorm(-abs(x[i] / se[i])))
  for (i in seq_along(random)) put(id, "sd", paste(random[i], "(Intercept)"), x[k + i])
  put(id, "logLik", "", -nll(x))
}
laplace_clmm("clmm1", rating ~ design + (1 | participant), "participant")
laplace_clmm("clmm2", rating ~ design + (1 | participant) + (1 | task), c("participant", "task"))
m <- clm(rating ~ design + order, data = d, control = clm.control(gradTol = 1e-11))
s <- coef(summary(m)); for (i in seq_len(nrow(s))) put("clm", "fixed", rownames(s)[i], s[i, 1], s[i, 2], NA, s[i, 4])
put("clm", "logLik", "", as.numeric(logLik(m)))
glms <- list(glogit = list(error ~ design + order, binomial), gprobit = list(error ~ design + order, binomial("probit")),
             gcloglog = list(error ~ design + order, binomial("cloglog")), gpois = list(keys ~ design * ward, poisson))
for (id in names(glms)) {
  m <- glm(glms[[id]][[1]], glms[[id]][[2]], d, control = glm.control(epsilon = 1e-15, maxit = 100)); s <- coef(summary(m))
  for (i in seq_len(nrow(s))) put(id, "fixed", rownames(s)[i], s[i, 1], s[i, 2], NA, s[i, 4])
  put(id, "logLik", "", as.numeric(logLik(m))); put(id, "deviance", "", deviance(m)); put(id, "aic", "", AIC(m)); put(id, "bic", "", BIC(m))
}
m <- glm.nb(keys ~ design + order, d, control = glm.control(epsilon = 1e-14, maxit = 200)); s <- coef(summary(m))
for (i in seq_len(nrow(s))) put("gnb", "fixed", rownames(s)[i], s[i, 1], s[i, 2], NA, s[i, 4])
put("gnb", "nbtheta", "", m$theta); put("gnb", "logLik", "", as.numeric(logLik(m))); put("gnb", "deviance", "", deviance(m))
# lmer: Newton steps on the profiled deviance; t tests by lmerTest at the polished point
polish_lmer <- function(id, formula, REML = TRUE) {
  ctl <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
  m <- lmerTest::lmer(formula, d, REML = REML, control = ctl)
  dev <- update(m, devFunOnly = TRUE)
  x <- newton(dev, function(x) grad(dev, x), getME(m, "theta"), 2)
  m <- lmerTest::lmer(formula, d, REML = REML, start = x, control = lmerControl(optimizer = NULL, calc.derivs = FALSE))
  s <- coef(summary(m))
  for (i in seq_len(nrow(s))) put(id, "fixed", rownames(s)[i], s[i, 1], s[i, 2], s[i, 3], s[i, 5])
  v <- as.data.frame(VarCorr(m))
  v <- v[is.na(v$var2), ]
  for (i in seq_len(nrow(v))) put(id, "sd", paste(v$grp[i], v$var1[i]), v$sdcor[i])
  put(id, "logLik", "", as.numeric(logLik(m))); put(id, "aic", "", AIC(m)); put(id, "bic", "", BIC(m))
}
polish_lmer("reml2", seconds ~ design + (1 | participant) + (1 | task))
polish_lmer("ml2", seconds ~ design + (1 | participant) + (1 | task), FALSE)
polish_lmer("remlslope", log(seconds) ~ design + (1 + order | participant) + (1 | task))
polish_lmer("remlnest", log(seconds) ~ order + (1 | participant/order) + (1 | task))
m <- lm(log(seconds) ~ design * order, d, weights = fields); s <- coef(summary(m))
for (i in seq_len(nrow(s))) put("lm", "fixed", rownames(s)[i], s[i, 1], s[i, 2], df.residual(m), s[i, 4])
put("lm", "logLik", "", as.numeric(logLik(m))); put("lm", "aic", "", AIC(m)); put("lm", "bic", "", BIC(m)); put("lm", "deviance", "", deviance(m))
e <- summary(pairs(emmeans(m, "design"), adjust = "tukey"), infer = TRUE)
for (i in seq_len(nrow(e))) put("lm", "tukey", as.character(e$contrast[i]), e$estimate[i], e$SE[i], e$lower.CL[i], e$p.value[i])
e <- summary(pairs(emmeans(m, "design"), adjust = "holm"), infer = TRUE)
for (i in seq_len(nrow(e))) put("lm", "holm", as.character(e$contrast[i]), e$estimate[i], e$SE[i], e$lower.CL[i], e$p.value[i])
write.csv(do.call(rbind, out), "reference.csv", row.names = FALSE, quote = TRUE)
