# SPDX-License-Identifier: MIT
# Time of R's deSolve with a compiled model, for the equation that bench/couple_days is
# given: Rscript desolve_secure.R desolve_secure.so COUPLES LENGTH
# Prints ns of processor time per couple and unit of time, by its quicker method, and the
# mean of the final love of the first partner.
args <- commandArgs(trailingOnly = TRUE)
library(deSolve)
dyn.load(args[1])
couples <- as.integer(args[2])
times <- c(0, as.numeric(args[3]))
parms <- rep(c(1, 2, 1, 1, 0), 2)

run <- function(method) {
  last <- 0
  spent <- system.time(for (couple in seq_len(couples) - 1) {
    start <- c(0.5 + 0.01 * ((couple * 13) %% 100), 0.5 + 0.01 * ((couple * 13 + 5) %% 100))
    out <- ode(start, times, "derivs", parms, method = method, dllname = "desolve_secure",
               initfunc = "initmod", rtol = 1e-8, atol = 1e-10)
    last <- last + out[2, 2]
  })
  c(spent[["user.self"]] * 1e9 / (couples * times[2]), last / couples)
}
both <- list(run("lsoda"), run("ode45"))
best <- both[[which.min(sapply(both, function(b) b[1]))]]
cat(sprintf("%.2f %.6f\n", best[1], best[2]))
