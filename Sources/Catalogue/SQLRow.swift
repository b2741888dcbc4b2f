import Foundation

/// One row of a result, valid only inside the closure it is given to. Columns are read by position, from 0.
package protocol SQLRow {
    func isNull(_ column: Int) -> Bool
    func int(_ column: Int) -> Int64
    func double(_ column: Int) -> Double
    func text(_ column: Int) -> String
    func blob(_ column: Int) -> Data
}
