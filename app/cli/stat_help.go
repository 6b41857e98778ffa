package cli

// The examples that --help shows for the tests, intervals and scores whose arguments need no other word.

// Help is shown by --help.
func (*statProportion) Help() string { return example("proportion 3 20") }

// Help is shown by --help.
func (*statTwoProportions) Help() string { return example("two-proportions 7 34 1 34") }

// Help is shown by --help.
func (*statMcNemar) Help() string {
	return example("mcnemar 10 2 9 27") + "\nThe four numbers: wrong under both, under the first only, under the second only, under neither."
}

// Help is shown by --help.
func (*statCochranQ) Help() string {
	return example("cochran-q errors.csv") + "\nFILE has one row a person, one column a condition, 0 or 1 in each."
}

// Help is shown by --help.
func (*statFisher) Help() string { return example("fisher 3 1 1 3 --side greater") }

// Help is shown by --help.
func (*statMantelHaenszel) Help() string { return example("mantel-haenszel strata.csv") }

// Help is shown by --help.
func (*statWilcoxon) Help() string { return example("wilcoxon times.csv") }

// Help is shown by --help.
func (*statFriedman) Help() string { return example("friedman ranks.csv") }

// Help is shown by --help.
func (*statICC) Help() string { return example("icc ratings.csv") }

// Help is shown by --help.
func (*statDPrime) Help() string { return example("dprime 38 2 5 35") }

// Help is shown by --help.
func (*statAdjust) Help() string { return example("adjust --method holm 0.01 0.04 0.03") }

// Help is shown by --help.
func (*statSUS) Help() string { return example("sus answers.csv") }

// example is the help text of one example of stat.
func example(words string) string { return "Example:\n  pumplab stat " + words }

// Help is shown by --help.
func (*statPosterior) Help() string { return example("posterior 3 40 9 40") }

// Help is shown by --help.
func (*statLooks) Help() string { return example("looks 0.33 0.67 1 --spending pocock") }
