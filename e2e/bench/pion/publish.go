package main

import (
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	framesPerSecond = 30
	framesPerGOP    = 60
	payloadBytes    = 1100
)

// Baseline 3.1, 1280x720, as x264 writes it: servers read the size from it.
var (
	sps = []byte{0x67, 0x42, 0xc0, 0x1f, 0xda, 0x01, 0x40, 0x16, 0xe9, 0xa8, 0x08, 0x08, 0x0a, 0x00, 0x00, 0x03, 0x00, 0x02, 0x00, 0x00, 0x03, 0x00, 0x79, 0x08}
	pps = []byte{0x68, 0xce, 0x3c, 0x80}
)

// publish sends frames of an even size: real parameter sets, slices of noise. Nobody decodes them.
func publish(api *webrtc.API, endpoint string, bitsPerSecond int) {
	peer, err := api.NewPeerConnection(webrtc.Configuration{})
	must(err)
	video, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeH264}, "video", "bench")
	must(err)
	audio, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus}, "audio", "bench")
	must(err)
	for _, track := range []webrtc.TrackLocal{video, audio} {
		sender, err := peer.AddTrack(track)
		must(err)
		go func() {
			buffer := make([]byte, 1500)
			for {
				if _, _, err := sender.Read(buffer); err != nil {
					return
				}
			}
		}()
	}
	connected := make(chan struct{})
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected {
			close(connected)
		}
	})
	_, err = join(peer, endpoint, func() {})
	must(err)
	<-connected
	say(map[string]any{"event": "connected"})
	go sendAudio(audio)
	sendVideo(video, bitsPerSecond)
}

func sendVideo(track *webrtc.TrackLocalStaticRTP, bitsPerSecond int) {
	frameBytes := bitsPerSecond / 8 / framesPerSecond
	sequence, timestamp := uint16(0), uint32(0)
	send := func(payload []byte, marker bool) {
		packet := &rtp.Packet{
			Header:  rtp.Header{Version: 2, SequenceNumber: sequence, Timestamp: timestamp, Marker: marker},
			Payload: payload,
		}
		if track.WriteRTP(packet) == nil {
			sequence++
		}
	}
	ticker := time.NewTicker(time.Second / framesPerSecond)
	for frame := 0; ; frame++ {
		nal := byte(0x41)
		if frame%framesPerGOP == 0 {
			send(sps, false)
			send(pps, false)
			nal = 0x65
		}
		for sent := 0; sent < frameBytes; sent += payloadBytes {
			size := min(payloadBytes, frameBytes-sent)
			head := nal & 0x1f
			if sent == 0 {
				head |= 0x80
			}
			last := sent+size >= frameBytes
			if last {
				head |= 0x40
			}
			payload := make([]byte, 2+size)
			payload[0], payload[1] = nal&0xe0|28, head
			for index := 2; index < len(payload); index++ {
				payload[index] = byte(index*31+frame) | 1
			}
			send(payload, last)
		}
		timestamp += 90000 / framesPerSecond
		<-ticker.C
	}
}

func sendAudio(track *webrtc.TrackLocalStaticRTP) {
	payload := make([]byte, 80)
	payload[0] = 0xf8
	ticker := time.NewTicker(20 * time.Millisecond)
	for count := uint32(0); ; count++ {
		packet := &rtp.Packet{
			Header:  rtp.Header{Version: 2, SequenceNumber: uint16(count), Timestamp: count * 960, Marker: count == 0},
			Payload: payload,
		}
		if track.WriteRTP(packet) != nil {
			return
		}
		<-ticker.C
	}
}
