import Domain
import Foundation
import SiteAgent
import Testing

@Suite("What is written on the agent's command line")
struct WordsTests {
    @Test("times and sizes have a unit, and nothing else is one")
    func numbers() throws {
        #expect(try Words.duration("90s") == 90 && Words.duration("10m") == 600 && Words.duration("30d") == 2_592_000)
        #expect(try Words.size("500MB") == 500_000_000 && Words.size("50gb") == 50_000_000_000)
        for text in ["", "10", "m", "-5m", "0s", "1.5h", "10 minutes"] {
            #expect(throws: Failure.self) { try Words.duration(text) }
        }
        for text in ["", "50", "GB", "-1GB", "0MB"] { #expect(throws: Failure.self) { try Words.size(text) } }
    }

    @Test("a command is split as a shell would, and nothing in it is expanded")
    func arguments() throws {
        #expect(
            try Words.arguments(#"gphoto2 --filename '%Y m.%C'  "a 'b' \"c\"" d\ e '' $HOME;ls *"#) == [
                "gphoto2", "--filename", "%Y m.%C", #"a 'b' "c""#, "d e", "", "$HOME;ls", "*",
            ])
        for text in ["", "  ", "a 'b", #"a "b"#, "a \\", "'' a"] {
            #expect(throws: Failure.self) { try Words.arguments(text) }
        }
    }
}
