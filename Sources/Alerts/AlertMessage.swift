import Domain

/// What is told of an alert, with its words.
package struct AlertMessage: Sendable {
    package let notice: AlertNotice
    /// One line.
    package let title: String
    /// A few sentences, lines ended by `\n`. Nothing of a person is in it.
    package let text: String
    /// What this server is called.
    package let instance: String

    package init(notice: AlertNotice, title: String, text: String, instance: String) {
        self.notice = notice
        self.title = title
        self.text = text
        self.instance = instance
    }
}
