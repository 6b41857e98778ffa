// Package pumpmodel is the contract between a pump design and everything that drives it.
//
// A design is a value with a few pure functions (Machine). The window, the simulated participant, the replayer and the
// explorer are drivers: they hand it Events, let time pass with Advance, and read its Display. Nothing here knows a clock, a
// random source, a file or a goroutine, so a session replays bit for bit on any computer.
package pumpmodel
