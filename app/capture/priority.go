//go:build !headless

package capture

import (
	"errors"
	"sync"
)

// priority is whether the stamp thread runs at real-time priority, which may be known only after a while.
type priority struct {
	mu   sync.Mutex
	from string // who gave it: the system, rtkit; empty: nobody
	why  error  // why nobody did
}

// set tells who gave it, unless err says why it was not given.
func (p *priority) set(from string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.from, p.why = from, err; err != nil {
		p.from = ""
	}
}

// given is who gave it, or why nobody has.
func (p *priority) given() (from string, why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.from == "" && p.why == nil {
		return "", errors.New("rtkit has not answered")
	}
	return p.from, p.why
}
