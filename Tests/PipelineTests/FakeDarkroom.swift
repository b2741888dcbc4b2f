import DarkroomProtocol
import Domain
import Foundation
import Pipeline

/// A stand-in for `wayside-darkroom`: a shell script that speaks the protocol and misbehaves on demand.
///
/// What it does is said by the first line of the source file, or by the file's name when there is no such file:
/// `crash`, `hang` and so on; `picture LONGITUDE LATITUDE SECONDS` is treated as one. Anything else is answered as
/// rejected, with the child's process id as the message.
enum FakeDarkroom {
    /// The script. It runs with an empty environment: only what the shell itself can do.
    private static let script = #"""
        #!/bin/sh
        [ -n "$SECRET" ] && exit 7
        answer() { printf '{"id":%s,"outcome":%s}\n' "$1" "$2"; }
        itself() { answer "$id" "{\"rejected\":{\"_0\":{\"reason\":\"other_error\",\"message\":\"$$\",\"details\":{}}}}"; }
        unable() { answer "$id" "{\"failed\":{\"_0\":\"$$\"}}"; }
        tags() {
            printf '{"position":{"longitude":%s,"latitude":%s},"capturedAt":%s,"utcOffsetMinutes":0,' "$1" "$2" "$3"
            printf '"type":"flat","orientation":1,"width":64,"height":48,"exif":{},"warnings":[]}'
        }
        file() {
            printf '%s of %s' "$1" "$source" > "$folder/$1.jpg"
            printf '{"name":"%s.jpg","derivative":{"kind":{"%s":{}},"width":64,"height":48,' "$1" "$1"
            printf '"size":9,"sha256":"%064d"}}' 0
        }
        picture() {
            case $line in
                *'"work":"inspect"'*) answer "$id" "{\"inspected\":{\"_0\":$(tags "$@")}}" ;;
                *) answer "$id" "{\"developed\":{\"_0\":{\"tags\":$(tags "$@"),\"redactions\":[],\"findings\":[],\"files\":[$(
                    file hd),$(file sd),$(file thumb)]}}}" ;;
            esac
        }
        found() {
            printf '{"detected":{"_0":[{"model":"%s","detections":[{"class":"stop","score":0.75,' "$1"
            printf '"x":1,"y":2,"width":3,"height":4}]}]}}'
        }
        rendered() {
            answer "$id" "{\"rendered\":{\"_0\":{\"name\":\"$1\",\"width\":$2,\"height\":10,\"size\":4,\"sha256\":\"$3\"}}}"
        }
        render() {
            mkdir rendering || { answer "$id" '{"failed":{"_0":"two at once"}}'; return; }
            printf copy > "$folder/copy.jpg"
            # Long enough that another would be seen; over before the answer, after which another may begin.
            i=0; while [ $i -lt 500 ]; do i=$((i+1)); done
            rmdir rendering
            hash=6f5a6034e770acbfb3f797e6a7eb7948d470d45f9928f92b7d72dc7c45e6d0cd
            case $1 in
                *'"width":1001'*) rendered copy.jpg 1002 $hash ;;
                *'"width":1003'*) rendered ../copy.jpg 10 $hash ;;
                *'"width":1004'*) rendered copy.jpg 10 "$(printf '%064d' 0)" ;;
                *'"width":1005'*) ln -s copy.jpg "$folder/link.jpg"; rendered link.jpg 10 $hash ;;
                *'"width":1006'*) rendered absent.jpg 10 $hash ;;
                *'"width":1007'*) kill -SEGV $$ ;;
                *'"width":1008'*) answer "$id" '{"failed":{"_0":"No room."}}' ;;
                *) rendered copy.jpg 10 $hash ;;
            esac
        }
        while read -r line; do
            id=${line#*\"id\":}; id=${id%%[,\}]*}
            source=${line#*\"source\":\"}; source=${source%%\"*}
            folder=${line#*\"outputFolder\":\"}; folder=${folder%%\"*}
            mood=${source##*/}
            [ -e "$source" ] && read -r mood < "$source"
            case $line in *'"work":"detect"'*)
                model=${line#*\"models\":*\"name\":\"}; model=${model%%\"*}
                case $model in
                    good) answer "$id" "$(found good)" ;;
                    liar) answer "$id" "$(found other)" ;;
                    killer) kill -SEGV $$ ;;
                    *) answer "$id" '{"failed":{"_0":"The model is refused: it is bad."}}' ;;
                esac
                continue ;;
            esac
            case $line in *'"work":"render"'*) render "${line#*\"rendition\":}"; continue ;; esac
            case $mood in
                picture\ *) set -- $mood; shift; picture "$@" ;;
                hd\ of\ *) picture 2.35 48.85 1000 ;;
                refused*) answer "$id" \
                    '{"rejected":{"_0":{"reason":"invalid_metadata","message":"No.","details":{}}}}' ;;
                unplaced*) case $line in
                        *'"given":{'*) picture 2.5 48.9 2000 ;;
                        *) answer "$id" '{"rejected":{"_0":{"reason":"invalid_metadata","message":"No.","details":{"missing_fields":"lat,lon","camera_time":"2026-11-21T08:00:00Z"}}}}' ;;
                    esac ;;
                late*)
                    for crash in crash-once crash-twice; do
                        [ -e $crash ] && { rm $crash; kill -SEGV $$; }
                    done
                    if [ -e ready ]; then picture 2.35 48.85 1000; else unable; fi ;;
                unable*) unable ;;
                never*) picture 2.35 48.85 1e300 ;;
                huge*) picture 2.35 48.8502 22 | {
                    read -r reply
                    box='{"subject":"face","x":9223372036854775807,"y":0,"width":1,"height":1,"score":1,"model":"m"}'
                    case $reply in
                        *'"redactions":[]'*) printf '%s\n' "${reply%%\"redactions\":[]*}\"redactions\":[$box]${reply#*\"redactions\":[]}" ;;
                        *) printf '%s\n' "$reply" ;;
                    esac; } ;;
                outside*) case $line in
                        *'"work":"inspect"'*) picture 2.35 48.8502 22 ;;
                        *) picture 2.35 48.8502 22 | {
                            read -r reply; printf '%s\n' "${reply%%hd.jpg*}../hd.jpg${reply#*hd.jpg}"; } ;;
                    esac ;;
                crash*) kill -SEGV $$ ;;
                spent*) kill -XCPU $$ ;;
                quit*) exit 3 ;;
                touch*) : > busy; kill -STOP $$ ;;
                hang*) kill -STOP $$ ;;
                garbage*) echo 'this is no answer' ;;
                other*) answer 0 '{"failed":{"_0":"not yours"}}' ;;
                grow*) x=0123456789abcdef; while :; do x=$x$x; done ;;
                swell*) x=0123456789abcdef; while [ ${#x} -lt 100000000 ]; do x=$x$x; done; itself ;;
                chatter*) i=0; while [ $i -lt 3000 ]; do
                        echo 'a complaint of some length, to fill the pipe of standard error' >&2; i=$((i+1)); done
                    itself ;;
                *) itself ;;
            esac
        done
        """#

    /// Settings for a pool of such children in `folder`. The clock is generous, so that a busy machine does not make a
    /// child look hung; a test of hanging sets a limit of its own.
    static func settings(in folder: String, children: Int = 1) throws -> DarkroomSettings {
        let path = "\(folder)/fake-darkroom"
        try script.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        var settings = DarkroomSettings(
            executable: path, modelsFolder: "/nonexistent", tablesFolder: "/nonexistent",
            ownModelsFolder: "\(folder)/models", stagingFolder: "\(folder)/staging",
            workingFolder: "\(folder)/darkroom", children: children,
            maximumPixels: 1_000_000)
        settings.inspectLimit = .seconds(60)
        settings.developLimit = .seconds(60)
        settings.watchInterval = .milliseconds(20)
        settings.restartDelay = .milliseconds(10)
        try FileManager.default.createDirectory(atPath: settings.workingFolder, withIntermediateDirectories: true)
        return settings
    }
}
