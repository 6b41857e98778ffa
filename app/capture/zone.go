package capture

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// localtime is the file in which Unix systems keep the time zone in force.
const localtime = "/etc/localtime"

// zones looks the time zone in force up again and again: Go's own time.Local is read once and then stands. The zero value is ready.
type zones struct {
	name     string // as TZ or the target of /etc/localtime say
	changed  time.Time
	location *time.Location
}

// at is the zone in force and its offset then: "Europe/Berlin CET +01:00".
func (z *zones) at(t time.Time) string {
	z.read()
	abbreviation, offset := t.In(z.location).Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s%02d:%02d", z.name, abbreviation, sign, offset/3600, offset/60%60))
}

// read takes the zone in again if its file is another one.
func (z *zones) read() {
	if name, set := os.LookupEnv("TZ"); set {
		if z.location == nil || name != z.name {
			z.name, z.location = name, time.Local
			if l, err := time.LoadLocation(strings.TrimPrefix(name, ":")); err == nil {
				z.location = l
			}
		}
		return
	}
	info, err := os.Stat(localtime)
	if err != nil {
		z.name, z.location = "", time.Local
		return
	}
	name := ""
	if target, err := filepath.EvalSymlinks(localtime); err == nil {
		if _, after, ok := strings.Cut(filepath.ToSlash(target), "zoneinfo/"); ok {
			name = after
		}
	}
	if z.location != nil && name == z.name && info.ModTime().Equal(z.changed) {
		return
	}
	z.name, z.changed, z.location = name, info.ModTime(), time.Local
	if data, err := os.ReadFile(localtime); err == nil {
		if l, err := time.LoadLocationFromTZData("Local", data); err == nil {
			z.location = l
		}
	}
}
