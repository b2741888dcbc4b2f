/// The triggers that keep the spatial index of a layer (annex F.3 of OGC 12-128r19), for programs that edit the file.
struct GeoPackageTriggers {
    let layer: String

    private var tree: String { "rtree_\(layer)_geom" }
    private static let box = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
    private static let isThere = "NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)"
    private static let wasThere = "OLD.geom NOT NULL AND NOT ST_IsEmpty(OLD.geom)"
    private static let isGone = "(NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))"
    private static let wasGone = "(OLD.geom IS NULL OR ST_IsEmpty(OLD.geom))"

    var all: [String] {
        let replace = "INSERT OR REPLACE INTO \(tree) VALUES (NEW.fid, \(Self.box));"
        let insert = "INSERT INTO \(tree) VALUES (NEW.fid, \(Self.box));"
        let remove = "DELETE FROM \(tree) WHERE id = OLD.fid;"
        let update =
            "UPDATE \(tree) SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom), "
            + "miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid;"
        return [
            trigger("insert", "INSERT", "(\(Self.isThere))", replace),
            trigger("update2", "UPDATE OF geom", "OLD.fid = NEW.fid AND \(Self.isGone)", remove),
            trigger(
                "update4", "UPDATE", "OLD.fid != NEW.fid AND \(Self.isGone)",
                "DELETE FROM \(tree) WHERE id IN (OLD.fid, NEW.fid);"),
            trigger("update5", "UPDATE", "OLD.fid != NEW.fid AND (\(Self.isThere))", "\(remove) \(replace)"),
            trigger(
                "update6", "UPDATE OF geom",
                "OLD.fid = NEW.fid AND (\(Self.isThere)) AND (\(Self.wasThere))", update),
            trigger("update7", "UPDATE OF geom", "OLD.fid = NEW.fid AND (\(Self.isThere)) AND \(Self.wasGone)", insert),
            trigger("delete", "DELETE", "OLD.geom NOT NULL", remove),
        ]
    }

    private func trigger(_ name: String, _ event: String, _ condition: String, _ body: String) -> String {
        "CREATE TRIGGER \(tree)_\(name) AFTER \(event) ON \(layer) WHEN \(condition) BEGIN \(body) END"
    }
}
