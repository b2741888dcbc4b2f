import Domain

/// Who looks at a page, and in which language.
struct PageVisitor: Sendable {
    let language: Language
    let account: Account?
    /// Reports that wait for the account.
    let openReports: Int
    /// False on the way in: before signing in, and while a given password has to be replaced.
    let maySeePages: Bool

    /// Nobody who is known, whoever they were before.
    static func stranger(_ language: Language) -> PageVisitor {
        PageVisitor(language: language, account: nil, openReports: 0, maySeePages: false)
    }

    private init(language: Language, account: Account?, openReports: Int, maySeePages: Bool) {
        self.language = language
        self.account = account
        self.openReports = openReports
        self.maySeePages = maySeePages
    }

    init(_ context: WebContext) {
        language = context.language
        account = context.account
        openReports = context.openReports
        maySeePages = (try? ReaderContext(context: context)) != nil
    }

    init(_ context: PasswordChangeContext) {
        language = context.language
        account = context.account
        openReports = context.openReports
        maySeePages = !context.mustChangePassword
    }

    init(_ context: SignedInContext) {
        language = context.language
        account = context.account
        openReports = context.openReports
        maySeePages = true
    }

    init(_ context: ReaderContext) {
        language = context.language
        account = context.account
        openReports = context.openReports
        maySeePages = true
    }

    init(_ context: AdminContext) {
        language = context.language
        account = context.account
        openReports = context.openReports
        maySeePages = true
    }
}
