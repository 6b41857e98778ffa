// Package session provides a study session as a pure machine with the pump inside, and the driver that journals before it shows.
package session
