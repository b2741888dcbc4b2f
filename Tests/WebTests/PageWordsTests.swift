import Foundation
import Testing
import Web

/// The words of the pages, and the templates and scripts that ask for them.
@Suite("Words of the pages")
struct PageWordsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let templates = root.appendingPathComponent("Templates")
    private static let scripts = root.appendingPathComponent("Public/js")

    private func words(_ language: Language) throws -> PageWords {
        try PageWords(language: language, folder: Self.templates.path)
    }

    /// Texts of all files below `folder` with that extension, by path.
    private func files(_ folder: URL, _ type: String) throws -> [String: String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".\(type)") }
        try #require(!names.isEmpty)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
            })
    }

    private func keys(_ words: PageWords) -> Set<String> {
        Set(words.sections.flatMap { section, entries in entries.keys.map { "\(section).\($0)" } })
    }

    @Test("both languages have the same keys")
    func sameKeys() throws {
        let english = keys(try words(.english))
        let french = keys(try words(.french))
        #expect(english.subtracting(french).sorted() == [])
        #expect(french.subtracting(english).sorted() == [])
    }

    @Test("a sentence has the same placeholders in both languages")
    func samePlaceholders() throws {
        let (english, french) = (try words(.english), try words(.french))
        for (section, entries) in english.sections {
            for (key, text) in entries {
                let other = french.sections[section]?[key] ?? ""
                #expect(Self.placeholders(text) == Self.placeholders(other), "\(section).\(key)")
            }
        }
    }

    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }

    @Test("no text is empty or left untranslated by mistake")
    func translated() throws {
        let french = try words(.french)
        for (section, entries) in try words(.english).sections {
            for (key, text) in entries {
                #expect(!text.isEmpty && french.sections[section]?[key]?.isEmpty == false, "\(section).\(key)")
                guard text.split(separator: " ").count > 3 else { continue }
                #expect(french.sections[section]?[key] != text, "\(section).\(key)")
            }
        }
    }

    @Test("every word that a template asks for exists")
    func templateKeys() throws {
        let known = keys(try words(.english))
        for (name, text) in try files(Self.templates, "mustache") {
            for match in text.matches(of: /\{\{[#^]?t\.([\w.-]+)\}\}/) {
                #expect(known.contains(String(match.1)), "\(name) asks for \(match.1)")
            }
        }
    }

    @Test("every word that a script asks for exists")
    func scriptKeys() throws {
        let sections = try words(.english).sections,
            folders = [
                "explore": "explore", "admin": "policy", "areas": "areas", "pictures": "pictures", "places": "places",
                "ways": "ways", "annotate": "annotate",
                "dashboard": "dashboard",
            ]
        for (name, text) in try files(Self.scripts, "js") where name.contains("/") {
            let folder = String(name.prefix { $0 != "/" })
            let section = try #require(sections[folders[folder] ?? "upload"])
            for match in text.matches(of: /say\('([\w-]+)'/) {
                let key = String(match.1)
                let exists = section[key] != nil || (section["\(key)_one"] != nil && section["\(key)_other"] != nil)
                #expect(exists, "\(name) asks for \(key)")
            }
        }
    }

    @Test("no template takes text unescaped, and no page has inline script or style")
    func safeTemplates() throws {
        for (name, text) in try files(Self.templates, "mustache") {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name) takes text unescaped")
            #expect(text.firstMatch(of: /<script(?![^>]*\bsrc=)/) == nil, "\(name) has inline script")
            #expect(text.firstMatch(of: /\s(style|on\w+)="/) == nil, "\(name) has inline style or handlers")
        }
    }

    @Test("counts are said in the singular or plural of the language")
    func plurals() throws {
        let (english, french) = (try words(.english), try words(.french))
        #expect(english("set.summary", count: 0, ["label": "A"]) == "A · 0 files")
        #expect(english("set.summary", count: 1, ["label": "A"]) == "A · 1 file")
        #expect(french("set.summary", count: 0, ["label": "A"]) == "A · 0 fichier")
        #expect(french("set.summary", count: 2, ["label": "A"]) == "A · 2 fichiers")
    }

    @Test("numbers and sizes are written as the language does")
    func formats() {
        #expect(PageFormat(.english).number(12_345) == "12,345")
        #expect(PageFormat(.english).bytes(4_200_000) == "4.2 MB")
        #expect(PageFormat(.french).bytes(4_200_000) == "4,2 Mo")
        #expect(PageFormat(.english).bytes(999) == "999 B")
        #expect(PageFormat(.french).length(metres: 1234) == "1,2 km")
        #expect(PageFormat(.english).length(metres: 640.4) == "640 m")
    }
}
