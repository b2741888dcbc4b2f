/// Who is told of what goes wrong.
extension SettingKey {
    package static let alertTo = SettingKey(
        "alert-to", .list, fallback: "none", "Mail addresses that alerts are sent to.")
    package static let alertFrom = SettingKey(
        "alert-from", .text, fallback: "none", "The mail address that alerts come from.")
    package static let smtpHost = SettingKey(
        "smtp-host", .text, fallback: "none", "The server that mails are given to.")
    package static let smtpPort = SettingKey(
        "smtp-port", .wholeNumber, fallback: "587; 465 with `tls`, 25 with `none`", "Its TCP port.")
    package static let smtpSecurity = SettingKey(
        "smtp-security", .text, fallback: "starttls",
        """
        `starttls` (encrypted on demand; refused where the server cannot), `tls` (from the first byte) or `none`, which with a \
        password is taken for this machine only.
        """)
    package static let smtpUser = SettingKey("smtp-user", .text, fallback: "none", "The name to sign in there with.")
    package static let smtpPassword = SettingKey(
        "smtp-password", .text, fallback: "none", isSecret: true, "The password of `smtp-user`.")
    package static let smtpPasswordFile = SettingKey(
        "smtp-password-file", .file, fallback: "none", "A file that holds `smtp-password`, alone on its first line.")
    package static let smtpAuthorities = SettingKey(
        "smtp-authorities", .file, fallback: "the system's",
        "Certificate authorities (PEM) that the mail server's certificate must come from.")
    package static let alertWebhook = SettingKey(
        "alert-webhook", .text, fallback: "none", isSecret: true,
        "An address that alerts are posted to as JSON, for example `https://hooks.example.org/wayside`.")
    package static let alertWebhookSecret = SettingKey(
        "alert-webhook-secret", .text, fallback: "none", isSecret: true,
        "What both sides know: alerts are signed with it (HMAC-SHA256).")
    package static let alertWebhookSecretFile = SettingKey(
        "alert-webhook-secret-file", .file, fallback: "none",
        "A file that holds `alert-webhook-secret`, alone on its first line.")
    package static let alertReminder = SettingKey(
        "alert-reminder", .wholeNumber, fallback: "24",
        "Between reminders of an alert that goes on and that nobody has acknowledged. Hours.")
    package static let alertDisk = SettingKey(
        "alert-disk", .wholeNumber, fallback: "90",
        "How much of the disk with the data folder may be in use before an alert is raised. Percent.")
    package static let alertDelivery = SettingKey(
        "alert-delivery", .wholeNumber, fallback: "60",
        "How long copies may wait for a destination that takes them at any time before an alert is raised. Minutes.")
}
