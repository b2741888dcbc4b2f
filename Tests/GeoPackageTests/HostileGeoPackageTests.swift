import Domain
import Foundation
import GeoPackage
import Testing

@Suite("A GeoPackage of a stranger")
struct HostileGeoPackageTests {
    private static let line = TestGeometry().line([[2, 48], [2.1, 48]])

    private func refusal(_ bytes: Data, effort: Int = 200_000_000) throws -> String {
        let failure = try #require(throws: Failure.self) { try GeoPackageWays.read(bytes, effort: effort) }
        #expect(failure.code == .unprocessable)
        return failure.message
    }

    private static var damaged: [Data] {
        let street: [[Double]] = [[2, 48], [2.1, 48]]
        var list: [Data] = [Data(), Data([0x47]), Data("no geometry at all".utf8)]
        // Another version; an envelope that there is none of; cut off; a point where a line is to be.
        list.append(Data([0x47, 0x50, 1, 1, 0, 0, 0, 0]))
        list.append(TestGeometry(envelope: 5).line(street))
        list.append(Data(line.dropLast()))
        list.append(Data(line.prefix(20)))
        list.append(TestGeometry().lines([street], inner: 1))
        // More points than there is room for; a byte order that there is none of.
        var many = Data(line.prefix(13))
        many.append(Data([0xFF, 0xFF, 0xFF, 0xFF]))
        many.append(Data(line.suffix(32)))
        list.append(many)
        var disorder = line
        disorder[8] = 2
        list.append(disorder)
        return list
    }

    @Test("with a damaged line is refused whole", arguments: damaged)
    func geometry(bytes: Data) throws {
        let file = try TestGeoPackage()
        try file.layer()
        try file.add([(Self.line, "42"), (bytes, "43")])
        #expect(try refusal(try file.bytes()) == "This GeoPackage is damaged.")
    }

    @Test("that is cut off, overwritten or no database is refused")
    func torn() throws {
        let file = try TestGeoPackage()
        try file.layer()
        try file.add((0..<500).map { (Self.line, "\($0 + 1)") })
        let whole = try file.bytes()
        #expect(try GeoPackageWays.read(whole).ways.count == 500)
        #expect(try refusal(Data(whole.prefix(16))) == "This GeoPackage is damaged.")
        #expect(try refusal(Data(whole.prefix(whole.count / 2))) == "This GeoPackage is damaged.")
        var overwritten = whole
        for index in (whole.count - 9000)..<(whole.count - 100) { overwritten[index] = 0xA5 }
        #expect(try refusal(overwritten) == "This GeoPackage is damaged.")
        #expect(try refusal(Data(repeating: 0x41, count: 5000)) == "This GeoPackage is damaged.")
    }

    @Test("cannot have its views, computed columns and virtual tables looked at")
    func schema() throws {
        let file = try TestGeoPackage()
        try file.layer()
        try file.add([(Self.line, "42")])
        try file.run("CREATE VIEW seen AS SELECT geom, '43' AS osm_id FROM lines")
        try file.run(
            """
            CREATE TABLE computed (geom BLOB, number INTEGER, osm_id TEXT GENERATED ALWAYS AS (hex(zeroblob(number))))
            """)
        try file.run("CREATE VIRTUAL TABLE tree USING rtree (osm_id, a, b)")
        try file.run("CREATE TABLE checked (geom BLOB, osm_id TEXT CHECK (length(hex(zeroblob(osm_id))) > 1))")
        for name in ["seen", "computed", "tree", "missing", "lines\" --", "checked"] { try file.tell(of: name) }
        try file.run("INSERT INTO gpkg_geometry_columns VALUES ('lines', 'geom', 'LINESTRING', 4326, 0, 0)")
        try file.run("INSERT INTO gpkg_geometry_columns VALUES (NULL, NULL, NULL, NULL, 0, 0)")
        let (ways, others) = try GeoPackageWays.read(try file.bytes())
        #expect(ways.map(\.id) == [42] && others == 0)
    }

    @Test("whose list of layers is a view, or that is another database, is no GeoPackage")
    func other() throws {
        let file = try TestGeoPackage()
        try file.run("DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS SELECT 'lines' AS table_name")
        let sentence = "This file is an SQLite database, but no GeoPackage with features."
        #expect(try refusal(try file.bytes()) == sentence)
    }

    @Test("that takes too much work is given up")
    func effort() throws {
        let file = try TestGeoPackage()
        try file.layer()
        try file.add((0..<2000).map { (Self.line, "\($0 + 1)") })
        #expect(try refusal(try file.bytes(), effort: 10_000).contains("too long"))
    }
}
