// A load generator for WHIP and WHEP servers, on pion: one publisher, or any number of viewers.
//
//	pion publish <whip-url> <bits per second>
//	pion watch <whep-url> <viewers> <milliseconds between joins> <seconds to measure>
//	pion churn <whep-url> <joins per second> <seconds>
//
// It talks in lines of JSON on its standard output.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"

	"github.com/pion/interceptor"
	"github.com/pion/webrtc/v4"
)

func main() {
	if len(os.Args) < 4 {
		log.Fatal("publish <url> <bps> | watch <url> <viewers> <gap ms> <seconds> | churn <url> <per second> <seconds>")
	}
	api := newAPI()
	switch os.Args[1] {
	case "publish":
		publish(api, os.Args[2], number(3))
	case "watch":
		watch(api, os.Args[2], number(3), number(4), number(5))
	case "churn":
		churn(api, os.Args[2], number(3), number(4))
	default:
		log.Fatal("unknown mode ", os.Args[1])
	}
}

func number(index int) int {
	if len(os.Args) <= index {
		log.Fatal("an argument is missing")
	}
	value, err := strconv.Atoi(os.Args[index])
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// newAPI offers H.264 and Opus alone, answers NACKs and reports as every player does, and stays on loopback.
func newAPI() *webrtc.API {
	media := &webrtc.MediaEngine{}
	feedback := []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "goog-remb"}}
	must(media.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeH264, ClockRate: 90000, RTCPFeedback: feedback,
			SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
		},
		PayloadType: 102,
	}, webrtc.RTPCodecTypeVideo))
	must(media.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
		},
		PayloadType: 111,
	}, webrtc.RTPCodecTypeAudio))
	registry := &interceptor.Registry{}
	must(webrtc.ConfigureNack(media, registry))
	must(webrtc.ConfigureRTCPReports(registry))
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" || name == "lo0" })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	return webrtc.NewAPI(
		webrtc.WithMediaEngine(media),
		webrtc.WithInterceptorRegistry(registry),
		webrtc.WithSettingEngine(settings),
	)
}

func say(value any) {
	line, err := json.Marshal(value)
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
