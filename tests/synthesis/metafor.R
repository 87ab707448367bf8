# What metafor says of the studies in this folder, as rows of CSV: case, attribute, value.
#
#   Rscript tests/synthesis/metafor.R > tests/synthesis/metafor.csv
#
# metafor.csv was made by metafor 3.8-1 and lme4 (Debian: r-cran-metafor, r-cran-lme4).
# A case is file/measure/model. Its numbers are on the scale on which they are read, but
# standard_error and tau2, which are on that of the model. The prediction interval has k - 1 degrees
# of freedom (pi.type = "t") in every model.
suppressPackageStartupMessages({
  library(metafor)
  library(lme4)
})

given <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
studies <- function(name) {
  read.csv(file.path(dirname(given), paste0(name, ".csv")), comment.char = "#")
}

cat("case,attribute,value\n")
say <- function(case, ...) {
  numbers <- unlist(list(...))
  cat(sprintf("%s,%s,%.12g\n", case, names(numbers), numbers), sep = "")
}

# The searches end before six digits unless they are told to go on; that of lme4 does so anyway.
exact <- list(threshold = 1e-13, maxiter = 10000)
exact_glm <- list(
  glmCtrl = list(epsilon = 1e-14),
  glmerCtrl = list(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))
)

# Inverse variance: REML with the interval of Hartung-Knapp-Sidik-Jonkman or of Wald, or one effect.
inverse <- function(case, yi, vi, transf = identity, models = c("reml-hksj", "reml", "fixed")) {
  for (model in models) {
    method <- if (model == "fixed") "EE" else "REML"
    test <- if (model == "reml-hksj") "knha" else "z"
    res <- rma(yi, vi, method = method, test = test, control = exact)
    spread(paste0(case, "/", model), res, transf)
  }
}

spread <- function(case, res, transf, ...) {
  read <- predict(res, transf = transf, pi.type = "t", ...)
  say(case, estimate = read$pred, standard_error = res$se, lower = read$ci.lb, upper = read$ci.ub,
      i2 = res$I2, q = res$QE, q_p = res$QEp)
  if (res$method != "EE") {
    tau2 <- confint(res, control = list(tol = 1e-12))$random["tau^2", ]
    say(case, tau2 = res$tau2, tau2_lower = tau2[["ci.lb"]], tau2_upper = tau2[["ci.ub"]],
        prediction_lower = read$pi.lb, prediction_upper = read$pi.ub)
  }
}

# Shares: the people as they are, with a spread between studies and without; then their logits.
shares <- function(case, xi, ni) {
  random <- rma.glmm(measure = "PLO", xi = xi, ni = ni, nAGQ = 7, control = exact_glm)
  read <- predict(random, transf = transf.ilogit, pi.type = "t")
  say(paste0(case, "/share/glmm"), estimate = read$pred, standard_error = random$se,
      lower = read$ci.lb, upper = read$ci.ub, i2 = random$I2, q = random$QE.LRT,
      q_p = random$QEp.LRT, tau2 = random$tau2, prediction_lower = read$pi.lb,
      prediction_upper = read$pi.ub)
  common <- rma.glmm(measure = "PLO", xi = xi, ni = ni, method = "EE", control = exact_glm)
  read <- predict(common, transf = transf.ilogit)
  say(paste0(case, "/share/logit-fixed"), estimate = read$pred, standard_error = common$se,
      lower = read$ci.lb, upper = read$ci.ub, q = common$QE.LRT, q_p = common$QEp.LRT)
  # A half is added to the cells of a study at 0 % or 100 % alone: metafor's own default.
  logits <- escalc(measure = "PLO", xi = xi, ni = ni)
  res <- rma(yi, vi, data = logits, control = exact)
  spread(paste0(case, "/share/logit-reml"), res, transf.ilogit)
  angles <- escalc(measure = "PFT", xi = xi, ni = ni)
  res <- rma(yi, vi, data = angles, method = "DL")
  spread(paste0(case, "/share/freeman-tukey"), res, transf.ipft.hm, targs = list(ni = ni))
}

# The interval of tau2 in the logistic model, which lme4 interpolates.
profile_of_spread <- function(case, xi, ni) {
  study <- seq_along(xi)
  fit <- glmer(cbind(xi, ni - xi) ~ 1 + (1 | study), family = binomial, nAGQ = 7)
  limits <- suppressMessages(confint(fit, parm = "theta_", method = "profile"))
  say(paste0(case, "/share/glmm"), tau2_lower = limits[1]^2, tau2_upper = limits[2]^2)
}

# Two arms by inverse variance; nothing is added to a cell, so studies with a zero are left out.
two_arms <- function(case, dat) {
  whole <- subset(dat, events > 0 & comparator_events > 0)
  for (measure in c("RR", "OR", "RD")) {
    es <- escalc(measure = measure, ai = events, n1i = people, ci = comparator_events,
                 n2i = comparator_people, data = whole, add = 0, to = "none")
    transf <- if (measure == "RD") identity else exp
    inverse(paste0(case, "/", tolower(measure)), es$yi, es$vi, transf)
  }
}

# Rare events; nothing is added, and studies that say nothing of a ratio are left out.
rare <- function(case, dat, with_q) {
  for (measure in c("RR", "OR", "RD")) {
    res <- rma.mh(measure = measure, ai = events, n1i = people, ci = comparator_events,
                  n2i = comparator_people, data = dat, drop00 = c(measure != "RD", measure != "RD"))
    read <- predict(res, transf = if (measure == "RD") identity else exp)
    one <- paste0(case, "/", tolower(measure), "/mantel-haenszel")
    say(one, estimate = read$pred, standard_error = res$se, lower = read$ci.lb, upper = read$ci.ub)
    # metafor adds halves for its Q, so that ours is the same only where no cell is zero.
    if (with_q) say(one, i2 = res$I2, q = res$QE, q_p = res$QEp)
  }
  res <- rma.peto(ai = events, n1i = people, ci = comparator_events, n2i = comparator_people,
                  data = dat, drop00 = c(TRUE, TRUE))
  read <- predict(res, transf = exp)
  say(paste0(case, "/or/peto"), estimate = read$pred, standard_error = res$se, lower = read$ci.lb,
      upper = read$ci.ub, i2 = res$I2, q = res$QE, q_p = res$QEp)
}

bcg <- studies("bcg")
two_arms("bcg", bcg)
rare("bcg", bcg, TRUE)

catheters <- studies("nielweise2007")
two_arms("nielweise2007", catheters)
rare("nielweise2007", catheters, FALSE)
es <- escalc(measure = "OR", ai = events, n1i = people, ci = comparator_events,
             n2i = comparator_people, data = catheters, add = 1/2, to = "only0", drop00 = TRUE)
es <- es[!is.na(es$yi), ]
inverse("nielweise2007-halves/or", es$yi, es$vi, exp)
shares("nielweise2007-treated", catheters$events, catheters$people)
shares("nielweise2007-comparator", catheters$comparator_events, catheters$comparator_people)

aspirin <- studies("fleiss1993-aspirin")
two_arms("fleiss1993-aspirin", aspirin)
rare("fleiss1993-aspirin", aspirin, TRUE)
therapy <- studies("fleiss1993-therapy")
es <- escalc(measure = "MD", m1i = mean, sd1i = deviation, n1i = people, m2i = comparator_mean,
             sd2i = comparator_deviation, n2i = comparator_people, data = therapy)
inverse("fleiss1993-therapy/md", es$yi, es$vi)

vasospasm <- studies("pritz1997")
shares("pritz1997", vasospasm$events, vasospasm$people)
profile_of_spread("pritz1997", vasospasm$events, vasospasm$people)
smell <- studies("hannum2020")
shares("hannum2020", smell$events, smell$people)
es <- escalc(measure = "PR", xi = events, ni = people, data = smell)
for (how in c("objective", "subjective")) {
  inverse(paste0("hannum2020-", how, "/rd"), es$yi[es$measured == how], es$vi[es$measured == how])
}
inverse("hannum2020/rd", es$yi, es$vi)
small <- studies("miller1978")
shares("miller1978", small$events, small$people)

# Rates with a standard error of their own; the differences are of the studies with two arms.
leukaemia <- studies("begg1989")
for (arm in c("BMT", "CMO")) {
  one <- leukaemia[leukaemia$arm == arm, ]
  inverse(paste0("begg1989-", tolower(arm), "/rd"), one$rate, one$standard_error^2)
}
arms <- split(leukaemia, leukaemia$arm)
both <- merge(arms$BMT, arms$CMO, by = "study")
inverse("begg1989/rd", both$rate.x - both$rate.y, both$standard_error.x^2 + both$standard_error.y^2)
