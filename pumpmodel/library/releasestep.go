package library

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/written"
)

// allowed refuses a step that may not be taken, and leaves an approval in review that still needs roles.
func (r *Release) allowed(name string, l *Library, s *Step) error {
	needs := l.Needs
	if len(needs) == 0 {
		needs = roles
	}
	switch {
	case !slices.Contains(statuses, s.To):
		return fmt.Errorf("release %s: %q is no status%s", name, s.To, written.Instead(s.To, statuses))
	case !slices.Contains(steps[s.From], s.To):
		return fmt.Errorf("release %s: it is %s, which leads to %s, not to %s", name, s.From, strings.Join(steps[s.From], " or "), s.To)
	case !slices.Contains(roles, s.Role):
		return fmt.Errorf("release %s: %q is no role%s", name, s.Role, written.Instead(s.Role, roles))
	case !slices.Contains(needs, s.Role):
		return fmt.Errorf("release %s: it is signed by %s, not by %s (signed by: needs: in the file)", name, strings.Join(needs, ", "), s.Role)
	case s.Who == "" || s.Why == "":
		return fmt.Errorf("release %s: who signs and why has to be said", name)
	case len(r.Steps) > 0 && s.When < r.Last().When:
		return fmt.Errorf("release %s: the clock says %s, but the last step was taken on %s", name, s.When, r.Last().When)
	case s.To != "approved":
		return nil
	}
	signed := r.approvals()
	if who, ok := signed[s.Role]; ok {
		return fmt.Errorf("release %s: %s has approved it as %s already", name, who, s.Role)
	}
	for role, who := range signed {
		if strings.EqualFold(who, s.Who) {
			return fmt.Errorf("release %s: %s has approved it as %s already; each role is another person", name, who, role)
		}
	}
	signed[s.Role] = s.Who
	if len(missing(l.Needs, signed)) > 0 {
		s.To = "in review"
	}
	return nil
}

// approvals are who approved in which role since the file last went to review.
func (r *Release) approvals() map[string]string {
	out := map[string]string{}
	for i := len(r.Steps) - 1; i >= 0 && r.Steps[i].From != "draft"; i-- {
		if r.Steps[i].From == "in review" {
			out[r.Steps[i].Role] = r.Steps[i].Who
		}
	}
	return out
}

func missing(needs []string, signed map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(needs), func(role string) bool { _, ok := signed[role]; return ok })
}

// Waiting are the roles whose approval is still missing; nothing unless the library is in review.
func (r *Release) Waiting(l *Library) []string {
	if r.Last().To != "in review" {
		return nil
	}
	return missing(l.Needs, r.approvals())
}

// restated is a library file with another status and version, all else untouched.
func restated(name string, data []byte, status string, version int) ([]byte, error) {
	root := newReader(name).Parse(data)
	o := written.Object{Pairs: root.Pairs}
	e := &editor{lines: strings.SplitAfter(string(data), "\n"), instead: map[int]string{}}
	v, _ := o.Get("version")
	e.instead[v.At.Line-1] = fmt.Sprintf("version: %d%s\n", version, e.comment(v.Value.At.Line))
	if s, ok := o.Get("status"); ok {
		e.instead[s.At.Line-1] = "status: " + status + e.comment(s.Value.At.Line) + "\n"
	} else {
		e.after(v.At.Line-1, "status: "+status+"\n")
	}
	out := []byte(e.text())
	if l, err := Read(name, out); err != nil || l.Status != status || l.Version != version {
		return nil, fmt.Errorf("edit %s: write version and status each on a line of its own", name)
	}
	return out, nil
}
