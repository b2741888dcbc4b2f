import Domain

/// Areas where nothing may be shown: of the whole instance, or of one account for its own pictures.
package struct AreaStore: Sendable {
    let engine: any SQLEngine

    /// How many areas the instance may have, and how many each account.
    package static let mostGeneral = 1000
    package static let mostOwn = 100

    /// The instance's areas, oldest first.
    package func list(onlyPublic: Bool) async throws -> [ExcludedArea] {
        try await areas(onlyPublic ? "a.account_id IS NULL AND a.is_public = 1" : "a.account_id IS NULL")
    }

    /// An account's own areas, oldest first.
    package func list(of account: AccountID) async throws -> [ExcludedArea] {
        try await areas("a.account_id = \(account)")
    }

    /// Adds an area. Pictures that it hides are out of sight when this returns.
    ///
    /// Throws `.conflict` when there are as many as there may be.
    package func add(_ area: ExcludedArea) async throws -> AreaEffect {
        try await engine.write { connection in
            let (count, most) = (try Self.count(of: area.accountID, connection), Self.most(area.accountID))
            guard count < most else {
                throw Failure(.conflict, "There are \(most) areas already; delete one first.")
            }
            try AreaRow.insert(area, connection)
            return try Self.recheck([area], connection)
        }
    }

    /// Puts these in place of all areas of the instance; accounts keep theirs.
    ///
    /// Throws `.unprocessable` when they are too many.
    package func replaceGeneral(with areas: [ExcludedArea]) async throws -> AreaEffect {
        guard areas.count <= Self.mostGeneral else {
            throw Failure(.unprocessable, "An instance has at most \(Self.mostGeneral) areas.")
        }
        return try await engine.write { connection in
            let before = try Self.areas("a.account_id IS NULL", connection)
            try connection.execute("DELETE FROM excluded_areas WHERE account_id IS NULL")
            for area in areas { try AreaRow.insert(area, connection) }
            return try Self.recheck(before + areas, connection)
        }
    }

    /// Deletes an area of the account, or of the instance for nil. What it alone hid is seen again.
    ///
    /// Throws `.notFound`.
    package func delete(_ id: ExcludedAreaID, of account: AccountID?) async throws -> AreaEffect {
        try await engine.write { connection in
            let whose: SQLStatement = account.map { "a.account_id = \($0)" } ?? "a.account_id IS NULL"
            guard let area = try Self.areas("a.id = \(id) AND \(whose)", connection).first else {
                throw Failure.notFound("area")
            }
            try connection.execute("DELETE FROM excluded_areas WHERE id = \(id)")
            return try Self.recheck([area], connection)
        }
    }

    private func areas(_ condition: SQLStatement) async throws -> [ExcludedArea] {
        try await engine.read { try Self.areas(condition, $0) }
    }

    private static func areas(_ condition: SQLStatement, _ connection: any SQLConnection) throws -> [ExcludedArea] {
        try connection.rows(
            """
            SELECT \(AreaRow.columns) FROM excluded_areas a WHERE \(condition) ORDER BY a.created_at, a.id
            """
        ) { try AreaRow.area(&$0) }
    }

    /// An allowed area speaks of everything outside it; an excluded one only of what is in its box.
    private static func recheck(_ changed: [ExcludedArea], _ connection: any SQLConnection) throws -> AreaEffect {
        guard !changed.contains(where: { $0.kind == .allowed }) else {
            return try AreaCheck(of: nil, connection).recheck(in: nil)
        }
        var effect = AreaEffect()
        for area in changed {
            let check = try AreaCheck(of: area.accountID, connection)
            for box in boxes(of: area.shape) {
                let part = try check.recheck(in: box)
                effect.hidden += part.hidden
                effect.shown += part.shown
            }
        }
        return effect
    }

    /// The box of each polygon, or of all when they are many: each is looked through by itself, and they may overlap.
    /// 180° W is 180° E.
    private static func boxes(of shape: GeoShape) -> [BoundingBox] {
        let apart = shape.polygons.count > 16 ? [shape.box] : shape.polygons.map(\.outline.box)
        return apart.flatMap { box -> [BoundingBox] in
            var boxes = [box]
            if box.west == -180 {
                boxes.append(BoundingBox(west: 180, south: box.south, east: 180, north: box.north))
            }
            if box.east == 180 {
                boxes.append(BoundingBox(west: -180, south: box.south, east: -180, north: box.north))
            }
            return boxes
        }
    }

    private static func count(of account: AccountID?, _ connection: any SQLConnection) throws -> Int {
        let whose: SQLStatement = account.map { "account_id = \($0)" } ?? "account_id IS NULL"
        return Int(try connection.number("SELECT COUNT(*) FROM excluded_areas WHERE \(whose)"))
    }

    private static func most(_ account: AccountID?) -> Int { account == nil ? mostGeneral : mostOwn }
}
