/// How darkroom children are started, and what they may use.
package struct DarkroomSettings: Sendable {
    /// Absolute path of `wayside-darkroom`.
    package var executable: String
    package var arguments: [String]
    /// Absolute path of the folder that children work in; emptied at start and at the end.
    package var workingFolder: String
    /// Folder of the operator's own models, which children only read.
    package var ownModelsFolder: String
    /// How many children work side by side.
    package var children: Int
    /// Headers that announce more are refused.
    package var maximumPixels: Int
    /// The longest an `inspect` may take.
    package var inspectLimit: Duration = .seconds(30)
    /// The longest a `develop` may take.
    package var developLimit: Duration = .seconds(120)
    /// Bytes of resident memory beyond which a child is replaced after its request.
    package var memoryLimit: Int64 = 900 << 20
    /// Bytes of resident memory beyond which a child is killed at once.
    package var hardMemoryLimit: Int64 = 1_600 << 20
    /// A child is replaced after so many requests.
    package var requestsPerChild = 4_000
    /// A child that nobody has wanted for so long is sent away, and its memory with it.
    package var idleLimit: Duration = .seconds(300)
    /// How often a working child's memory and time are looked at.
    package var watchInterval: Duration = .milliseconds(200)
    /// The wait before another start when a child could not be started; doubles up to thirty times itself.
    package var restartDelay: Duration = .seconds(1)

    /// - Parameters:
    ///   - modelsFolder, tablesFolder, ownModelsFolder, stagingFolder: what the child may read, and with `workingFolder` all that it
    ///     can get at: absolute paths, passed on as `--models` and so on.
    package init(
        executable: String, modelsFolder: String, tablesFolder: String, ownModelsFolder: String,
        stagingFolder: String, workingFolder: String, children: Int, maximumPixels: Int
    ) {
        self.executable = executable
        arguments = [
            "--models", modelsFolder, "--tables", tablesFolder, "--own-models", ownModelsFolder,
            "--staging", stagingFolder, "--working", workingFolder,
        ]
        self.ownModelsFolder = ownModelsFolder
        self.workingFolder = workingFolder
        self.children = max(1, children)
        self.maximumPixels = maximumPixels
    }
}
