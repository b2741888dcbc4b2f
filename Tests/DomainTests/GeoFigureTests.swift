import Domain
import Foundation
import Testing

@Suite("Geometries")
struct GeoFigureTests {
    private func figure(_ json: String) throws -> GeoFigure {
        try JSONDecoder().decode(GeoFigure.self, from: Data(json.utf8))
    }

    @Test(
        "a point is inside, on the edge, or outside",
        arguments: [
            (#"{"type":"Point","coordinates":[1,2]}"#, 1.0, 2.0, GeoRing.Side.inside),
            (#"{"type":"Point","coordinates":[1,2,30]}"#, 1, 3, .outside),
            (#"{"type":"MultiPoint","coordinates":[[0,0],[1,2]]}"#, 1, 2, .inside),
            (#"{"type":"LineString","coordinates":[[0,0],[2,2],[4,0]]}"#, 1, 1, .inside),
            (#"{"type":"LineString","coordinates":[[0,0],[2,2],[4,0]]}"#, 2, 2, .inside),
            (#"{"type":"LineString","coordinates":[[0,0],[2,2],[4,0]]}"#, 4, 0, .edge),
            (#"{"type":"LineString","coordinates":[[0,0],[2,2],[4,0]]}"#, 1, 1.5, .outside),
            // A closed line has no ends; ends that two lines share are inside.
            (#"{"type":"LineString","coordinates":[[0,0],[2,2],[4,0],[0,0]]}"#, 0, 0, .inside),
            (#"{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[1,1],[2,0]]]}"#, 1, 1, .inside),
            (#"{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[1,1],[2,0]]]}"#, 2, 0, .edge),
            (
                #"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,3]]]}"#, 1, 1,
                .inside
            ),
            (
                #"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,3]]]}"#, 9, 4,
                .edge
            ),
            (
                #"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,3]]]}"#, 5, 4,
                .outside
            ),
            (
                #"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,3]]]}"#, 4, 4,
                .edge
            ),
            (
                #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}"#,
                5.75, 5.5, .inside
            ),
            (
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[7,7]},{"type":"LineString","coordinates":[[7,7],[8,8]]}]}"#,
                7, 7, .inside
            ),
        ] as [(String, Double, Double, GeoRing.Side)])
    func sides(json: String, longitude: Double, latitude: Double, expected: GeoRing.Side) throws {
        #expect(try figure(json).side(of: GeoPoint(longitude: longitude, latitude: latitude)) == expected)
    }

    @Test("a box over the antimeridian is two, and 180° is one line from both sides")
    func antimeridian() throws {
        let box = GeoFigure(BoundingBox(west: 179, south: -1, east: -179, north: 1))
        let expected: [(Double, GeoRing.Side)] = [(179.5, .inside), (-179.5, .inside), (0, .outside), (179, .edge)]
        for (longitude, side) in expected {
            #expect(box.side(of: GeoPoint(longitude: longitude, latitude: 0)) == side)
        }
        let west = GeoFigure(BoundingBox(west: -180, south: -1, east: -179, north: 1))
        #expect(west.side(of: GeoPoint(longitude: 180, latitude: 0)) == .edge)
    }

    @Test(
        "what is no geometry is refused with what is wrong",
        arguments: [
            (#"{"type":"Circle","coordinates":[1,2]}"#, "Circle"),
            (#"{"type":"Point","coordinates":[181,2]}"#, "longitude"),
            (#"{"type":"Point","coordinates":[1,91]}"#, "latitude"),
            (#"{"type":"Point","coordinates":[1]}"#, "position"),
            (#"{"type":"LineString","coordinates":[[1,2]]}"#, "LineString"),
            (#"{"type":"MultiPoint","coordinates":[]}"#, "MultiPoint"),
            (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#, "first"),
            (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#, "4 positions"),
            (#"{"type":"Polygon","coordinates":[]}"#, "ring"),
            (#"{"type":"GeometryCollection","geometries":[]}"#, "no positions"),
        ])
    func refused(json: String, part: String) {
        let failure = #expect(throws: Failure.self) { try figure(json) }
        #expect(failure?.code == .invalid)
        #expect(failure?.message.contains(part) == true, "\(failure?.message ?? "")")
    }

    @Test("a geometry is written as it was read, without heights")
    func roundTrip() throws {
        for json in [
            #"{"coordinates":[1.5,2],"type":"Point"}"#, #"{"coordinates":[[0,0],[1,2]],"type":"MultiPoint"}"#,
            #"{"coordinates":[[[0,0],[9,0],[9,9],[0,0]]],"type":"Polygon"}"#,
            #"{"geometries":[{"coordinates":[1,2],"type":"Point"}],"type":"GeometryCollection"}"#,
        ] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            #expect(String(decoding: try encoder.encode(figure(json)), as: UTF8.self) == json)
        }
    }
}
