// Package identity keeps what could tell who a participant is, encrypted for the recipients that the study names, apart from all other
// data: one armored age file for each intake, which pumplab people read and the program age can open with a key and nothing else can.
package identity

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// Folder is where the files lie in a study folder, Extension how their names end.
const (
	Folder    = "people"
	Extension = ".age"
)

// Entry is what one participant said at one intake.
type Entry struct {
	Participant string            `json:"participant"`
	Session     string            `json:"session"`
	Answers     map[string]string `json:"answers"`
}

// CheckRecipient says why a text is no public key to encrypt for; nil if it is one.
func CheckRecipient(text string) error {
	_, err := recipient(text)
	return err
}

func recipient(text string) (age.Recipient, error) {
	if strings.HasPrefix(strings.ToUpper(text), "AGE-SECRET-KEY-") {
		return nil, errors.New("this is a secret key: take it out of the file, make a new one, and name its public half")
	}
	if !strings.HasPrefix(text, "age1") {
		return nil, errors.New("it does not begin with age1")
	}
	all, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil {
		return nil, errors.New("its characters are not those of a key: copy it again, whole")
	}
	if len(all) != 1 {
		return nil, errors.New("one key is expected")
	}
	return all[0], nil
}

// NewKey makes a key: the secret text that opens what is sealed for its public half. The secret is two lines that name the public half
// and the key, as age-keygen writes them.
func NewKey() (secret, public string, err error) {
	k, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", fmt.Errorf("make key: %w", err)
	}
	public = k.Recipient().String()
	return "# public key: " + public + "\n" + k.String() + "\n", public, nil
}

// Seal is an entry encrypted for all recipients, armored.
func Seal(e Entry, recipients []string) ([]byte, error) {
	fail := func(err error) ([]byte, error) {
		return nil, fmt.Errorf("encrypt what identifies %s: %w", e.Participant, err)
	}
	if len(recipients) == 0 {
		return fail(errors.New("no recipients are named"))
	}
	var to []age.Recipient
	for _, text := range recipients {
		r, err := recipient(text)
		if err != nil {
			return fail(err)
		}
		to = append(to, r)
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return fail(err)
	}
	var out bytes.Buffer
	shell := armor.NewWriter(&out)
	w, err := age.Encrypt(shell, to...)
	if err != nil {
		return fail(err)
	}
	_, err = w.Write(append(text, '\n'))
	if err = errors.Join(err, w.Close(), shell.Close()); err != nil {
		return fail(err)
	}
	return out.Bytes(), nil
}

// Key opens sealed entries.
type Key struct{ identities []age.Identity }

// ReadKey reads a key file: one or several secret keys, a line each, # before remarks.
func ReadKey(r io.Reader) (Key, error) {
	all, err := age.ParseIdentities(io.LimitReader(r, 1<<20))
	if err != nil {
		return Key{}, errors.New("it holds no secret key that is understood: a file is expected as pumplab people key or age-keygen writes it")
	}
	return Key{all}, nil
}

// ErrNotForKey is a sealed entry that was encrypted for others.
var ErrNotForKey = errors.New("it is encrypted for other keys than this one")

// Open reads a sealed entry.
func (k Key) Open(sealed []byte) (Entry, error) {
	var e Entry
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(sealed)), k.identities...)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		return e, ErrNotForKey
	}
	if err != nil {
		return e, fmt.Errorf("it is damaged or no age file: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return e, fmt.Errorf("it is damaged: %w", err)
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, fmt.Errorf("it was not written by pumplab: %w", err)
	}
	return e, nil
}
