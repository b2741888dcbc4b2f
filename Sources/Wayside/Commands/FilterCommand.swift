import ArgumentParser
import Domain
import Web

/// For those who write filters into scripts.
struct FilterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Show how a search filter is understood.",
        discussion: """
            Prints a filter in CQL2 text (OGC 21-065r2) as CQL2 JSON, alone, on standard output, or says what is wrong \
            with it. Without a filter, reads one from each line of standard input; a line that cannot be read becomes \
            {"error": …}. Needs no server and no data folder.
            """)

    @Argument(help: "The filter, such as \"view:azimuth < 90 AND wayside:type = 'flat'\".") var filter: String?

    func run() throws {
        if let filter {
            Console.say(try FilterNotation.json(ofText: filter).text)
            return
        }
        while let line = readLine() {
            do {
                Console.say(try FilterNotation.json(ofText: line).text)
            } catch let failure as Failure {
                Console.say((["error": .string(failure.message)] as JSON).text)
            }
        }
    }
}
