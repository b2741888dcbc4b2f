/// Sending copies on.
extension SettingKey {
    package static let rclone = SettingKey(
        "rclone", .text, fallback: "`rclone`, found in PATH",
        "The program rclone, for routes to SFTP, FTP, WebDAV, SMB, Azure, Google and others.")
}
