// Command go-verify checks a log in c2sp.org/tlog-tiles form with two libraries that share no code with the one that
// wrote it: golang.org/x/mod/sumdb and github.com/transparency-dev/merkle.
//
//	go-verify -log <folder or URL> -key <verifier> [-key …] [-entries <folder or URL>] [-token <token>]
//	          [-checkpoints <file with a JSON array of signed notes, oldest first>]
//
// It proves EVERY entry's inclusion in the newest checkpoint and the consistency of EVERY pair of consecutive
// checkpoints, each with both libraries, and prints one line of JSON. Exit status: 0 good, 1 problems found, 2 it could
// not be run.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type verdict struct {
	Entries  int64    `json:"entries"`
	Pairs    int      `json:"pairs"`
	Size     int64    `json:"size"`
	Problems []string `json:"problems"`
}

func (v *verdict) problem(format string, args ...any) {
	// One wrong entry can make thousands: the first ones tell.
	if len(v.Problems) < 20 {
		v.Problems = append(v.Problems, fmt.Sprintf(format, args...))
	}
}

type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	var keys list
	flag.Var(&keys, "key", "verifier key of the log")
	log := flag.String("log", "", "folder or URL that holds checkpoint and tile/…")
	entries := flag.String("entries", "", "where entry bundles are, if not in the log")
	token := flag.String("token", "", "for Authorization: Bearer")
	checkpoints := flag.String("checkpoints", "", "file with a JSON array of signed notes")
	flag.Parse()
	if *log == "" || len(keys) == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if *entries == "" {
		*entries = *log
	}
	v := &verdict{Problems: []string{}}
	if err := run(v, source{*log, *token}, source{*entries, *token}, keys, *checkpoints); err != nil {
		v.problem("%v", err)
	}
	json.NewEncoder(os.Stdout).Encode(v)
	if len(v.Problems) > 0 {
		os.Exit(1)
	}
}

func run(v *verdict, log, entries source, keys []string, checkpoints string) error {
	verifiers, err := parseKeys(keys)
	if err != nil {
		return err
	}
	signed, err := log.read("checkpoint")
	if err != nil {
		return err
	}
	newest, err := openCheckpoint(signed, verifiers)
	if err != nil {
		return err
	}
	v.Size = newest.N
	if newest.N == 0 {
		return nil
	}
	hashes := &known{tlog.TileHashReader(newest, tiles{log}), map[int64]tlog.Hash{}}
	if checkpoints != "" {
		if err := checkPairs(v, checkpoints, newest, verifiers, hashes); err != nil {
			return err
		}
	}
	return checkEntries(v, entries, newest, hashes)
}

func parseKeys(keys []string) (note.Verifiers, error) {
	var all []note.Verifier
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		all = append(all, verifier)
	}
	return note.VerifierList(all...), nil
}

// openCheckpoint checks the signatures and reads the three lines.
func openCheckpoint(signed []byte, verifiers note.Verifiers) (tlog.Tree, error) {
	opened, err := note.Open(signed, verifiers)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, errors.New("checkpoint: fewer than three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("checkpoint: size %q", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("checkpoint: root %q", lines[2])
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}

// checkPairs proves that each checkpoint's tree begins with the one before it, up to the newest.
func checkPairs(v *verdict, file string, newest tlog.Tree, verifiers note.Verifiers, hashes tlog.HashReader) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var notes []string
	if err := json.Unmarshal(content, &notes); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	trees := []tlog.Tree{}
	for n, signed := range notes {
		tree, err := openCheckpoint([]byte(signed), verifiers)
		if err != nil {
			v.problem("checkpoint %d: %v", n, err)
			continue
		}
		trees = append(trees, tree)
	}
	trees = append(trees, newest)
	for n := 1; n < len(trees); n++ {
		if err := consistent(trees[n-1], trees[n], hashes); err != nil {
			v.problem("from %d to %d entries: %v", trees[n-1].N, trees[n].N, err)
		}
		v.Pairs++
	}
	return nil
}

func consistent(older, newer tlog.Tree, hashes tlog.HashReader) error {
	if older.N > newer.N {
		return errors.New("the log became shorter")
	}
	if older.N == 0 {
		if older.Hash != tlog.Hash(rfc6962.DefaultHasher.EmptyRoot()) {
			return errors.New("an empty tree with the root of another one")
		}
		return nil
	}
	steps, err := tlog.ProveTree(newer.N, older.N, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(steps, newer.N, newer.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("x/mod: %w", err)
	}
	err = proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(older.N), uint64(newer.N), bytesOf(steps), older.Hash[:], newer.Hash[:])
	if err != nil {
		return fmt.Errorf("transparency-dev: %w", err)
	}
	return nil
}

// checkEntries reads every bundle and proves every entry in it; at the end the root comes out of the entries alone.
func checkEntries(v *verdict, entries source, tree tlog.Tree, hashes tlog.HashReader) error {
	all := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for first := int64(0); first < tree.N; first += 256 {
		width := min(256, tree.N-first)
		path := bundlePath(first/256, int(width))
		bundle, err := entries.read(path)
		if err != nil {
			return err
		}
		if _, err := hashes.ReadHashes(under(first, width)); err != nil {
			return err
		}
		for at := int64(0); at < width; at++ {
			var entry []byte
			if entry, bundle, err = cut(bundle); err != nil {
				return fmt.Errorf("%s: entry %d: %w", path, first+at, err)
			}
			if err := included(entry, first+at, tree, hashes); err != nil {
				v.problem("entry %d: %v", first+at, err)
			}
			if err := all.Append(rfc6962.DefaultHasher.HashLeaf(entry), nil); err != nil {
				return err
			}
			v.Entries++
		}
		if len(bundle) > 0 {
			v.problem("%s holds more than %d entries", path, width)
		}
	}
	root, err := all.GetRootHash(nil)
	if err != nil {
		return err
	}
	if tlog.Hash(root) != tree.Hash {
		v.problem("the entries have another root than the one signed")
	}
	return nil
}

// under names every hash of the subtree over one bundle. Asked for together, they cost one check of their tile.
func under(first, width int64) []int64 {
	var indexes []int64
	for level := 0; level < tileHeight; level++ {
		for n := first >> level; (n+1)<<level <= first+width; n++ {
			indexes = append(indexes, tlog.StoredHashIndex(level, n))
		}
	}
	return indexes
}

func included(entry []byte, index int64, tree tlog.Tree, hashes tlog.HashReader) error {
	steps, err := tlog.ProveRecord(tree.N, index, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(steps, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return fmt.Errorf("x/mod: %w", err)
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	err = proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(tree.N), leaf, bytesOf(steps), tree.Hash[:])
	if err != nil {
		return fmt.Errorf("transparency-dev: %w", err)
	}
	return nil
}

func bytesOf(steps []tlog.Hash) [][]byte {
	all := make([][]byte, len(steps))
	for n := range steps {
		all[n] = steps[n][:]
	}
	return all
}

// cut takes one entry off a bundle.
func cut(bundle []byte) (entry, rest []byte, err error) {
	if len(bundle) < 2 {
		return nil, nil, errors.New("the bundle ends before it")
	}
	length := int(binary.BigEndian.Uint16(bundle))
	if len(bundle) < 2+length {
		return nil, nil, errors.New("the bundle ends within it")
	}
	return bundle[2 : 2+length], bundle[2+length:], nil
}

func bundlePath(index int64, width int) string {
	return c2spPath(tlog.Tile{H: tileHeight, L: -1, N: index, W: width})
}

// c2spPath is x/mod's path without the height, and with another name for data.
func c2spPath(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// known keeps hashes that were proven once: each is part of many proofs.
type known struct {
	reader tlog.HashReader
	hashes map[int64]tlog.Hash
}

func (k *known) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var wanted []int64
	for _, index := range indexes {
		if _, there := k.hashes[index]; !there {
			wanted = append(wanted, index)
		}
	}
	if len(wanted) > 0 {
		read, err := k.reader.ReadHashes(wanted)
		if err != nil {
			return nil, err
		}
		for n, index := range wanted {
			k.hashes[index] = read[n]
		}
	}
	all := make([]tlog.Hash, len(indexes))
	for n, index := range indexes {
		all[n] = k.hashes[index]
	}
	return all, nil
}

// tiles gives x/mod the tiles; its TileHashReader checks each against the signed root before it uses one.
type tiles struct{ source source }

func (t tiles) Height() int                     { return tileHeight }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(wanted))
	for n, tile := range wanted {
		bytes, err := t.source.read(c2spPath(tile))
		if err != nil {
			return nil, err
		}
		all[n] = bytes
	}
	return all, nil
}

type source struct{ place, token string }

func (s source) read(name string) ([]byte, error) {
	if !strings.HasPrefix(s.place, "http://") && !strings.HasPrefix(s.place, "https://") {
		return os.ReadFile(filepath.Join(s.place, filepath.FromSlash(name)))
	}
	request, err := http.NewRequest("GET", strings.TrimSuffix(s.place, "/")+"/"+name, nil)
	if err != nil {
		return nil, err
	}
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", name, response.Status)
	}
	return io.ReadAll(response.Body)
}
