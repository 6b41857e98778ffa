package cli

// StatCmd holds one test, interval or score a subcommand, computed from numbers on the line or a small table.
type StatCmd struct {
	Proportion     statProportion     `cmd:"" help:"A share K of N with Wald, Wilson, Clopper-Pearson and Jeffreys intervals."`
	TwoProportions statTwoProportions `cmd:"" help:"Two separate shares: Newcombe and Miettinen-Nurminen intervals of the difference, score test."`
	Mcnemar        statMcNemar        `cmd:"" help:"The same people under two conditions, yes or no: four tests, four intervals."`
	CochranQ       statCochranQ       `cmd:"" help:"The same people under three or more conditions, yes or no."`
	Fisher         statFisher         `cmd:"" help:"Fisher's exact test with the conditional odds ratio."`
	MantelHaenszel statMantelHaenszel `cmd:"" help:"Common odds ratio over strata; FILE has the columns a, b, c, d."`
	Wilcoxon       statWilcoxon       `cmd:"" help:"Signed-rank test of two columns (or of one column against zero)."`
	Friedman       statFriedman       `cmd:"" help:"Ranks of the same people under several conditions."`
	RmAnova        statAnova          `cmd:"" aliases:"anova" help:"Means of the same people under several conditions: F with Greenhouse-Geisser and Huynh-Feldt."`
	Kappa          statKappa          `cmd:"" aliases:"agreement" help:"Agreement of raters: Cohen, Fleiss, Krippendorff, AC1."`
	Cohen          statCohen          `cmd:"" hidden:"" help:"Cohen's kappa of two raters."`
	Fleiss         statFleiss         `cmd:"" hidden:"" help:"Fleiss' kappa."`
	Krippendorff   statKrippendorff   `cmd:"" hidden:"" aliases:"alpha" help:"Krippendorff's alpha."`
	Ac1            statAC1            `cmd:"" hidden:"" help:"Gwet's AC1."`
	Icc            statICC            `cmd:"" help:"Six intraclass correlations with intervals."`
	Dprime         statDPrime         `cmd:"" aliases:"d-prime" help:"Sensitivity d' and criterion c with the log-linear correction."`
	Tost           statTOST           `cmd:"" help:"Equivalence by two one-sided tests: paired shares, separate shares or means."`
	Noninferiority statNonInferiority `cmd:"" aliases:"non-inferiority" help:"Is the first not worse than the second by a margin?"`
	Adjust         statAdjust         `cmd:"" help:"Adjust p values for their number."`
	Power          statPower          `cmd:"" help:"Power, or the number of people for a power."`
	Posterior      statPosterior      `cmd:"" help:"How probable it is that the first of two separate error rates is lower (Bayes, Jeffreys' prior)."`
	Looks          statLooks          `cmd:"" help:"Stopping boundaries of a study looked at several times."`
	Tasks          statTasks          `cmd:"" help:"One row per task from a table of events, however long."`
	Sus            statSUS            `cmd:"" help:"System Usability Scale from a table of ten answers a row."`
	Tlx            statTLX            `cmd:"" help:"NASA-TLX, raw and weighted."`
}

// Help is shown by --help.
func (*StatCmd) Help() string {
	return "Examples:\n  pumplab stat mcnemar 10 2 9 27\n  pumplab stat proportion 3 20 --json\n  pumplab stat wilcoxon times.csv\n" +
		"FILE is CSV with a header, one row per person or unit; empty or NA is missing; - reads standard input."
}

// statConfidence is the flag of everything with an interval.
type statConfidence struct {
	Confidence float64 `default:"0.95" help:"Confidence level of intervals."`
}
