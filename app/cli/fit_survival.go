package cli

import (
	"fmt"

	"pumplab/analysis/frame"
)

// survival fits Surv(time, event) ~ … by --family cox, km or logrank.
func (c *FitCmd) survival(_ *Context, _ *frame.Frame) error {
	return fmt.Errorf("fit model: family %s is not part of this build", c.Family)
}
