# Writes public.csv and the tables beside it: estimates of R's packages on data sets that everyone can look up. See SOURCE.md.
suppressMessages({library(lme4); library(lmerTest); library(glmmTMB); library(ordinal); library(MASS); library(numDeriv); library(emmeans); library(survival)})
out <- list()
put <- function(model, part, name, a, b = NA, c = NA, p = NA)
  out[[length(out) + 1]] <<- data.frame(model, part, name, a = sprintf("%.12g", a), b = sprintf("%.12g", b), c = sprintf("%.12g", c), p = sprintf("%.12g", p))
keep <- function(d, name) { f <- sapply(d, is.factor); d[f] <- lapply(d[f], as.character); write.csv(d, paste0(name, ".csv"), row.names = FALSE); d[f] <- lapply(d[f], factor); d }
put_ic <- function(id, m, ic = TRUE) { put(id, "logLik", "", as.numeric(logLik(m))); if (ic) { put(id, "aic", "", AIC(m)); put(id, "bic", "", BIC(m)) } }
newton <- function(gr, x, n = 5) { for (i in seq_len(n)) x <- x - solve(jacobian(gr, x), gr(x)); x }
tmb <- function(id, formula, d, family, ...) {
  m <- glmmTMB(formula, d, family = family, ...); gr <- function(x) as.vector(m$obj$gr(x))
  x <- newton(gr, m$fit$par); se <- sqrt(diag(solve(jacobian(gr, x)))); cat(id, "largest gradient", max(abs(gr(x))), "\n")
  b <- which(names(m$fit$par) == "beta")
  for (i in seq_along(b)) put(id, "fixed", names(fixef(m)$cond)[i], x[b[i]], se[b[i]], NA, 2 * pnorm(-abs(x[b[i]] / se[b[i]])))
  if ("betad" %in% names(m$fit$par)) put(id, "nbtheta", "", exp(x[names(m$fit$par) == "betad"]))
  v <- m$obj$fn(x); put(id, "logLik", "", -v); put(id, "aic", "", 2 * v + 2 * length(x)); put(id, "bic", "", 2 * v + log(nobs(m)) * length(x))
}
lmm <- function(id, formula, d, REML = TRUE) {
  m <- lmerTest::lmer(formula, d, REML = REML, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5)))
  dev <- update(m, devFunOnly = TRUE); x <- newton(function(x) grad(dev, x), getME(m, "theta"), 3)
  m <- lmerTest::lmer(formula, d, REML = REML, start = x, control = lmerControl(optimizer = NULL, calc.derivs = FALSE))
  s <- coef(summary(m)); for (i in seq_len(nrow(s))) put(id, "fixed", rownames(s)[i], s[i, 1], s[i, 2], s[i, 3], s[i, 5])
  v <- as.data.frame(VarCorr(m)); v <- v[is.na(v$var2), ]; for (i in seq_len(nrow(v))) put(id, "sd", paste(v$grp[i], v$var1[i]), v$sdcor[i])
  put_ic(id, m)
}
flat <- function(id, m, col = 4, df = NA) { s <- coef(summary(m)); for (i in seq_len(nrow(s))) put(id, "fixed", rownames(s)[i], s[i, 1], s[i, 2], df, s[i, col]); put_ic(id, m) }
pairwise <- function(id, m, factor, adjust, ...) { e <- summary(pairs(emmeans(m, factor, ...), adjust = adjust), infer = TRUE); low <- e[[intersect(c("lower.CL", "asymp.LCL"), names(e))]]
  for (i in seq_len(nrow(e))) put(id, adjust, as.character(e$contrast[i]), e$estimate[i], e$SE[i], low[i], e$p.value[i]) }

d <- keep(transform(cbpp, period = paste0("p", period), animal = paste0("a", seq_len(nrow(cbpp)))), "cbpp"); d$period <- factor(d$period)
tmb("cbpp", cbind(incidence, size - incidence) ~ period + (1 | herd), d, binomial)
tmb("cbpp-probit", cbind(incidence, size - incidence) ~ period + (1 | herd), d, binomial("probit"))
tmb("cbpp-rows", cbind(incidence, size - incidence) ~ period + (1 | herd) + (1 | animal), d, binomial)
d <- keep(sleepstudy, "sleepstudy")
lmm("sleep-reml", Reaction ~ Days + (Days | Subject), d)
lmm("sleep-ml", Reaction ~ Days + I(Days^2) + (1 | Subject), d, FALSE)
d <- keep(Pastes[c("strength", "batch", "cask")], "pastes"); lmm("pastes", strength ~ 1 + (1 | batch/cask), d)
d <- keep(epil[c("y", "trt", "lbase", "lage", "V4", "period", "subject")], "epil")
tmb("epil", y ~ lbase * trt + lage + V4 + (1 | subject), d, poisson)
tmb("epil-slope", y ~ trt + period + (1 + period | subject), d, poisson)
tmb("epil-nb", y ~ trt + period + (1 | subject), d, nbinom2)
d <- keep(wine[c("rating", "temp", "contact", "judge")], "wine"); d$rating <- factor(d$rating)
flat("wine", m <- clm(rating ~ temp + contact, data = d, control = clm.control(gradTol = 1e-12, relTol = 1e-16)))
pairwise("wine", m, "temp", "holm")
d <- keep(housing, "housing"); d$Sat <- factor(d$Sat, levels = c("Low", "Medium", "High"))
flat("housing", clm(Sat ~ Infl + Type + Cont, data = d, weights = Freq, control = clm.control(gradTol = 1e-12, relTol = 1e-16)))
d <- keep(warpbreaks, "warpbreaks"); m <- glm(breaks ~ wool * tension, poisson, d, control = glm.control(1e-15, 100)); flat("warpbreaks", m)
pairwise("warpbreaks", m, "tension", "tukey")
d <- keep(quine, "quine"); flat("quine", glm.nb(Days ~ Eth + Sex * Age + Lrn, d, control = glm.control(1e-14, 200)))
tight <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
d <- keep(transform(kidney[c("id", "time", "status", "age", "sex")], w = 1 + id %% 3, part = (0.3 + id %% 7) / 4, shift = (id %% 5) / 4), "kidney")
hazard <- function(id, m) { s <- coef(summary(m)); flat(id, m, ncol(s)); if ("robust se" %in% colnames(s)) for (i in seq_len(nrow(s))) out[[length(out) - 3 - nrow(s) + i]]$b <<- sprintf("%.12g", s[i, "robust se"])
  else for (i in seq_len(nrow(s))) out[[length(out) - 3 - nrow(s) + i]]$b <<- sprintf("%.12g", s[i, "se(coef)"]) }
hazard("kidney-weights", coxph(Surv(time, status) ~ age + sex, d, weights = w, control = tight))
hazard("kidney-fractions", coxph(Surv(time, status) ~ age + sex + offset(shift), d, weights = part, control = tight))
hazard("kidney-clusters", coxph(Surv(time, status) ~ age + strata(sex) + cluster(id) + offset(shift), d, weights = w, control = tight))
write.csv(do.call(rbind, out), "public.csv", row.names = FALSE, quote = TRUE)
