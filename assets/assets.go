// Package assets embeds what is shipped with the program: designs, libraries, studies, questionnaires, texts, pictures.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed all:designs all:libraries all:studies all:questionnaires all:texts all:pictures
var files embed.FS

// room is one folder of the embedded files, with names relative to it.
func room(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic("assets: " + name + ": " + err.Error())
	}
	return sub
}

// Designs holds one folder for each built-in pump interface: NAME/design.yaml.
func Designs() fs.FS { return room("designs") }

// Libraries holds one file for each drug library: NAME.yaml.
func Libraries() fs.FS { return room("libraries") }

// Studies holds one folder for each study template: NAME/study.yaml.
func Studies() fs.FS { return room("studies") }

// Questionnaires holds one file for each instrument: NAME.yaml.
func Questionnaires() fs.FS { return room("questionnaires") }

// Texts holds what people read: consent forms, guides.
func Texts() fs.FS { return room("texts") }

// Pictures holds screenshots and pictures.
func Pictures() fs.FS { return room("pictures") }
