import Domain

/// What is known of a picture's frame.
package struct FrameRecord: Hashable, Sendable {
    /// Nil: all of what the camera wrote, upright.
    package let frame: PictureFrame?
    /// It is to be made anew as its label says now.
    package let isOwed: Bool
    /// Quarters by which this picture alone was turned clockwise, beside what its label says; the frame has them.
    package let turns: Int
    /// Those that it is still to be turned by.
    package let owedTurns: Int

    package init(frame: PictureFrame?, isOwed: Bool = false, turns: Int = 0, owedTurns: Int = 0) {
        self.frame = frame
        self.isOwed = isOwed
        self.turns = turns
        self.owedTurns = owedTurns
    }

    /// The same, with another quarter or more to turn by.
    func turning(by more: Int) -> FrameRecord {
        FrameRecord(frame: frame, isOwed: isOwed, turns: turns, owedTurns: (owedTurns + more) % 4)
    }

    /// Whether there is anything to remember.
    var isWorthKeeping: Bool { frame != nil || isOwed || turns != 0 || owedTurns != 0 }
}

extension FrameRecord: Codable {
    private enum CodingKeys: String, CodingKey { case frame, isOwed, turns, owedTurns }

    /// Turns came later than the rest.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            frame: try values.decodeIfPresent(PictureFrame.self, forKey: .frame),
            isOwed: try values.decode(Bool.self, forKey: .isOwed),
            turns: try values.decodeIfPresent(Int.self, forKey: .turns) ?? 0,
            owedTurns: try values.decodeIfPresent(Int.self, forKey: .owedTurns) ?? 0)
    }
}
