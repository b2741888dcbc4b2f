/// The triggers that keep the spatial index of a layer (annex F.3), for programs that edit the file.
struct GeoPackageTriggers {
    let layer: String

    private var tree: String { "rtree_\(layer)_geom" }
    private static let isThere = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
    private static let isGone = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"

    var all: [String] {
        let put = """
            INSERT OR REPLACE INTO \(tree) VALUES (
                NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
            """
        let remove = "DELETE FROM \(tree) WHERE id = OLD.fid;"
        let removeBoth = "DELETE FROM \(tree) WHERE id IN (OLD.fid, NEW.fid);"
        return [
            trigger("insert", "INSERT", Self.isThere, put),
            trigger("update1", "UPDATE OF geom", "OLD.fid = NEW.fid AND \(Self.isThere)", put),
            trigger("update2", "UPDATE OF geom", "OLD.fid = NEW.fid AND \(Self.isGone)", remove),
            trigger("update3", "UPDATE", "OLD.fid != NEW.fid AND \(Self.isThere)", "\(remove) \(put)"),
            trigger("update4", "UPDATE", "OLD.fid != NEW.fid AND \(Self.isGone)", removeBoth),
            trigger("delete", "DELETE", "OLD.geom NOT NULL", remove),
        ]
    }

    private func trigger(_ name: String, _ event: String, _ condition: String, _ body: String) -> String {
        "CREATE TRIGGER \(tree)_\(name) AFTER \(event) ON \(layer) WHEN \(condition) BEGIN \(body) END"
    }
}
