package main

import (
	"fmt"
	"math/rand"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"
)

type viewer struct {
	peer     *webrtc.PeerConnection
	location string
	posted   time.Time
	first    chan time.Duration
	once     sync.Once
	packets  atomic.Int64
	lost     atomic.Int64
}

func newViewer(api *webrtc.API, endpoint string) (*viewer, error) {
	peer, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	v := &viewer{peer: peer, first: make(chan time.Duration, 1)}
	for _, kind := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeVideo, webrtc.RTPCodecTypeAudio} {
		init := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly}
		if _, err := peer.AddTransceiverFromKind(kind, init); err != nil {
			return nil, err
		}
	}
	peer.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { v.count(track) })
	v.location, err = join(peer, endpoint, func() { v.posted = time.Now() })
	if err != nil {
		peer.Close()
	}
	return v, err
}

func (v *viewer) count(track *webrtc.TrackRemote) {
	var last uint16
	for started := false; ; started = true {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		v.once.Do(func() { v.first <- time.Since(v.posted) })
		v.packets.Add(1)
		if gap := packet.SequenceNumber - last - 1; started && gap > 0 && gap < 1000 {
			v.lost.Add(int64(gap))
		}
		last = packet.SequenceNumber
	}
}

func (v *viewer) waitForMedia(patience time.Duration) (time.Duration, bool) {
	select {
	case took := <-v.first:
		return took, true
	case <-time.After(patience):
		return 0, false
	}
}

// watch joins all viewers, says when they have media, and counts for the given time.
func watch(api *webrtc.API, endpoint string, count, gapMs, seconds int) {
	viewers := make([]*viewer, count)
	joins := make([]float64, 0, count)
	failed := 0
	var group sync.WaitGroup
	var lock sync.Mutex
	for index := range viewers {
		group.Add(1)
		go func() {
			defer group.Done()
			v, err := newViewer(api, endpoint)
			took, ok := time.Duration(0), false
			if err == nil {
				took, ok = v.waitForMedia(15 * time.Second)
			} else {
				fmt.Fprintln(os.Stderr, err)
			}
			lock.Lock()
			defer lock.Unlock()
			if !ok {
				failed++
				return
			}
			viewers[index] = v
			joins = append(joins, float64(took.Microseconds())/1000)
		}()
		time.Sleep(time.Duration(gapMs) * time.Millisecond)
	}
	group.Wait()
	time.Sleep(time.Second)
	total := func() (packets, lost int64) {
		for _, v := range viewers {
			if v != nil {
				packets += v.packets.Load()
				lost += v.lost.Load()
			}
		}
		return
	}
	say(map[string]any{"event": "joined", "joinMs": joins, "failed": failed})
	packetsBefore, lostBefore := total()
	time.Sleep(time.Duration(seconds) * time.Second)
	packets, lost := total()
	say(map[string]any{"event": "measured", "packets": packets - packetsBefore, "lost": lost - lostBefore})
	for _, v := range viewers {
		if v != nil {
			leave(v.location)
			v.peer.Close()
		}
	}
}

// churn lets viewers come and go: some at once, half of them without a word.
func churn(api *webrtc.API, endpoint string, perSecond, seconds int) {
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	defer ticker.Stop()
	end := time.Now().Add(time.Duration(seconds) * time.Second)
	var group sync.WaitGroup
	var lock sync.Mutex
	joins := []float64{}
	failed, withoutMedia := 0, 0
	for visit := 0; time.Now().Before(end); visit++ {
		<-ticker.C
		group.Add(1)
		go func() {
			defer group.Done()
			v, err := newViewer(api, endpoint)
			if err != nil {
				lock.Lock()
				failed++
				lock.Unlock()
				return
			}
			hasty := visit%7 == 0
			if !hasty {
				took, ok := v.waitForMedia(10 * time.Second)
				lock.Lock()
				if ok {
					joins = append(joins, float64(took.Microseconds())/1000)
				} else {
					withoutMedia++
				}
				lock.Unlock()
				time.Sleep(time.Duration(500+rand.Intn(2500)) * time.Millisecond)
			}
			if visit%2 == 0 {
				leave(v.location)
			}
			v.peer.Close()
		}()
	}
	group.Wait()
	say(map[string]any{"event": "churned", "joinMs": joins, "failed": failed, "withoutMedia": withoutMedia})
}
