# Simulates study.csv: 20 people x 4 designs x 6 tasks, crossed. R 4.2.2.
set.seed(20261122)
d <- expand.grid(task = sprintf("t%d", 1:6), design = c("A", "B", "C", "D"), participant = sprintf("p%02d", 1:20),
                 stringsAsFactors = FALSE)
up <- rnorm(20, 0, 0.8); ut <- rnorm(6, 0, 0.5); us <- rnorm(20, 0, 0.4)
p <- as.integer(substr(d$participant, 2, 3)); t <- as.integer(substr(d$task, 2, 2)); g <- match(d$design, LETTERS)
d$ward <- c("icu", "er")[1 + p %% 2]
d$order <- as.vector(replicate(20, rep(sample(4), each = 6)))
x <- (d$order - 2.5) / 2
eta <- -1 + c(0, 0.5, -0.4, 0.9)[g] - 0.2 * x + up[p] + ut[t] + us[p] * x
d$error <- rbinom(480, 1, plogis(eta))
d$keys <- rpois(480, exp(1.2 + 0.3 * eta + rnorm(480, 0, 0.4)))
d$seconds <- round(exp(2 + 0.2 * eta + rnorm(480, 0, 0.3)), 2)
d$rating <- as.integer(cut(-eta + rlogis(480), c(-Inf, -0.5, 0.5, 1.5, 2.5, Inf)))
d$fields <- 4L; d$wrong <- rbinom(480, 4, plogis(eta - 0.5))
write.csv(d, "study.csv", row.names = FALSE, quote = FALSE)
