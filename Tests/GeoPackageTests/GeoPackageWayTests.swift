import Domain
import Foundation
import GRDB
import GeoPackage
import Testing

@Suite("Ways in a GeoPackage")
struct GeoPackageWayTests {
    private static let street: [[Double]] = [[2, 48], [2.1, 48]]
    private static let line = TestGeometry().line(street)
    private static let way = [GeoPoint(longitude: 2, latitude: 48), GeoPoint(longitude: 2.1, latitude: 48)]

    private static var kinds: [Data] {
        let high: [[Double]] = [[2, 48, 100], [2.1, 48, 120]]
        let measured: [[Double]] = [[2, 48, 100, 7], [2.1, 48, 120, 8]]
        let astray: [[Double]] = [[2, 48], [200, 48], [.nan, 48], [2.1, 48]]
        var kinds: [Data] = [TestGeometry().line(street), TestGeometry(isLittle: false).line(street)]
        for envelope in [1, 2] { kinds.append(TestGeometry(envelope: envelope).line(street)) }
        kinds.append(TestGeometry(envelope: 4, isLittle: false).line(street))
        kinds.append(TestGeometry().lines([street]))
        kinds.append(TestGeometry().line(high, type: 1002))
        kinds.append(TestGeometry(envelope: 3).line(high, type: 2002))
        kinds.append(TestGeometry().line(measured, type: 3002))
        kinds.append(TestGeometry().line(astray))
        return kinds
    }

    @Test("are read whatever the byte order, the envelope, heights and measures", arguments: kinds)
    func geometries(geometry: Data) throws {
        let file = try TestGeoPackage()
        try file.layer()
        try file.add([(geometry, "42")])
        let (ways, others) = try GeoPackageWays.read(try file.bytes())
        #expect(ways == [Way(id: 42, line: Self.way)] && others == 0)
    }

    @Test("of several lines are as many ways of one number; what is empty, short or no line is counted as no way")
    func parts() throws {
        let file = try TestGeoPackage()
        try file.layer(type: "GEOMETRY")
        try file.add([
            (TestGeometry().lines([Self.street, Self.street]), "way/42"), (nil, "1"),
            (TestGeometry(isEmpty: true).data, "1"), (TestGeometry(isExtended: true).data, "1"),
            (TestGeometry().line([[2, 48]]), "1"), (TestGeometry().line([[2, 48, 1]], type: 0x8000_0002), "1"),
            (TestGeometry().line(Self.street, type: 8), "1"),
        ])
        let (ways, others) = try GeoPackageWays.read(try file.bytes())
        #expect(ways.map(\.id) == [42, 42] && others == 6)
    }

    @Test("have their number in the columns that tools write it to; never the file's own number of a row")
    func numbers() throws {
        let file = try TestGeoPackage()
        for (index, column) in ["\"@id\"", "OSM_ID", "osm_way_id", "full_id", "id"].enumerated() {
            try file.layer("layer \"\(index)", "\(column)")
        }
        let values: [(any DatabaseValueConvertible)?] = ["way/11", 12, 13.0, "w14", "15"]
        for (index, (column, value)) in zip(["\"@id\"", "OSM_ID", "osm_way_id", "full_id", "id"], values).enumerated() {
            try file.add(
                [(Self.line, value), (Self.line, nil), (Self.line, -3), (Self.line, "relation/3"), (Self.line, 1.5)],
                to: "layer \"\(index)", column: column)
        }
        try file.run("CREATE TABLE own (id INTEGER PRIMARY KEY, geom BLOB)")
        try file.tell(of: "own")
        try file.run("INSERT INTO own VALUES (99, ?)", [Self.line])
        let (ways, others) = try GeoPackageWays.read(try file.bytes())
        #expect(ways.map(\.id) == [11, 12, 13, 14, 15])
        #expect(others == 5 * 4 + 1)
    }

    @Test("are highways where the file tells them from fences, and no relations")
    func highways() throws {
        let file = try TestGeoPackage()
        try file.layer("lines", "osm_id TEXT, highway TEXT, osm_type TEXT")
        for (number, highway, type) in [
            ("1", "primary", "way"), ("2", nil, "way"), ("3", "", "way"), ("4", "track", "relation"),
            ("5", "path", nil),
        ] as [(String, String?, String?)] {
            try file.run(
                "INSERT INTO lines (geom, osm_id, highway, osm_type) VALUES (?, ?, ?, ?)",
                [Self.line, number, highway, type])
        }
        try file.layer("multilinestrings", type: "MULTILINESTRING")
        try file.add([(TestGeometry().lines([Self.street]), "6")], to: "multilinestrings")
        let (ways, others) = try GeoPackageWays.read(try file.bytes())
        #expect(ways.map(\.id) == [1, 5] && others == 4)
    }

    @Test("in another reference system are refused with its name; another number for WGS 84 is none")
    func reference() throws {
        for (number, sentence) in [
            (7001, "EPSG:2154"), (12, "reference system 12;"), (7002, nil), (4326, nil),
        ] as [(Int, String?)] {
            let file = try TestGeoPackage()
            try file.layer(reference: number)
            try file.add([(Self.line, "42")])
            let bytes = try file.bytes()
            guard let sentence else {
                #expect(try GeoPackageWays.read(bytes).ways.count == 1)
                continue
            }
            let failure = try #require(throws: Failure.self) { try GeoPackageWays.read(bytes) }
            #expect(failure.code == .unprocessable && failure.message.contains(sentence), "\(failure)")
            #expect(failure.message.contains("ogr2ogr"))
        }
    }

    @Test("are read of a file that has a log beside it elsewhere")
    func log() throws {
        let file = try TestGeoPackage(log: true)
        try file.layer()
        try file.add([(Self.line, "42")])
        #expect(try GeoPackageWays.read(try file.bytes()).ways.count == 1)
    }
}
