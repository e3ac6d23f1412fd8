// swift-tools-version: 6.3

import PackageDescription

// Each target exists for one thing that it may not do; ARCHITECTURE.md has the table, and
// TidyTests hold the imports to it.
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "dtx",
  products: [
    .executable(name: "dtx", targets: ["dtx"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // MARK: The pure core

    .target(name: "DTXSyntax"),
    .testTarget(
      name: "DTXSyntaxTests",
      dependencies: ["DTXSyntax", "DTXTestSupport"],
      exclude: ["Golden", "Layouts"]
    ),

    .target(name: "DTXLedger"),
    .testTarget(name: "DTXLedgerTests", dependencies: ["DTXLedger", "DTXTestSupport"]),

    .target(name: "DTXCSV"),
    .testTarget(
      name: "DTXCSVTests",
      dependencies: ["DTXCSV", "DTXTestSupport"],
      exclude: ["Golden"]
    ),

    .target(name: "DTXEvaluator", dependencies: ["DTXCSV", "DTXLedger", "DTXSyntax"]),
    .testTarget(
      name: "DTXEvaluatorTests",
      dependencies: [
        "DTXCSV",
        "DTXEvaluator",
        "DTXLedger",
        "DTXReport",
        "DTXSyntax",
        "DTXTestSupport",
      ],
      exclude: ["Golden"]
    ),

    .target(name: "DTXExplanations", dependencies: ["DTXSyntax"]),
    .testTarget(
      name: "DTXExplanationsTests",
      dependencies: [
        "DTXCSV",
        "DTXEvaluator",
        "DTXExecution",
        "DTXExplanations",
        "DTXLedger",
        "DTXPlanning",
        "DTXReport",
        "DTXSandbox",
        "DTXSyntax",
        "DTXTestSupport",
      ],
      exclude: ["Golden"]
    ),

    .target(name: "DTXExecution", dependencies: ["DTXLedger"]),
    .testTarget(
      name: "DTXExecutionTests",
      dependencies: ["DTXExecution", "DTXLedger", "DTXTestSupport"]
    ),

    // MARK: Planning and reporting

    .target(
      name: "DTXPlanning",
      dependencies: ["DTXCSV", "DTXEvaluator", "DTXExecution", "DTXLedger", "DTXSyntax", crypto]
    ),
    .testTarget(
      name: "DTXPlanningTests",
      dependencies: [
        "DTXEvaluator",
        "DTXExecution",
        "DTXLedger",
        "DTXPlanning",
        "DTXSyntax",
        "DTXTestSupport",
      ]
    ),

    .target(
      name: "DTXReport",
      dependencies: ["DTXEvaluator", "DTXExecution", "DTXExplanations", "DTXLedger", "DTXSyntax"]
    ),
    .testTarget(
      name: "DTXReportTests",
      dependencies: [
        "DTXEvaluator", "DTXExecution", "DTXLedger", "DTXReport", "DTXSyntax", "DTXTestSupport",
      ],
      exclude: ["Golden"]
    ),

    // MARK: What lies on disk

    .target(name: "DTXJSON"),
    .testTarget(name: "DTXJSONTests", dependencies: ["DTXJSON"]),

    .target(name: "DTXStore", dependencies: [grdb]),
    .testTarget(name: "DTXStoreTests", dependencies: ["DTXStore", "DTXTestSupport", grdb]),

    .target(
      name: "DTXJournal",
      dependencies: ["DTXExecution", "DTXJSON", "DTXLedger", "DTXStore", crypto, grdb]
    ),
    .testTarget(
      name: "DTXJournalTests",
      dependencies: [
        "DTXExecution",
        "DTXJSON",
        "DTXJournal",
        "DTXLedger",
        "DTXStore",
        "DTXTestSupport",
        crypto,
        grdb,
      ]
    ),

    .target(
      name: "DTXSandbox",
      dependencies: ["DTXExecution", "DTXJSON", "DTXLedger", "DTXStore", grdb]
    ),
    .testTarget(
      name: "DTXSandboxTests",
      dependencies: [
        "DTXExecution",
        "DTXJSON",
        "DTXLedger",
        "DTXSandbox",
        "DTXStore",
        "DTXTestSupport",
        grdb,
      ]
    ),

    // MARK: The provider

    .target(
      name: "DTXProfiles",
      dependencies: ["DTXExecution", "DTXLedger", "DTXSyntax", subprocess, system, toml]
    ),
    .testTarget(
      name: "DTXProfilesTests",
      dependencies: ["DTXExecution", "DTXLedger", "DTXProfiles", "DTXTestSupport"]
    ),

    .target(
      name: "DTXDintero",
      dependencies: [
        "DTXExecution",
        "DTXJSON",
        "DTXLedger",
        httpClient,
        nioCore,
        nioHTTP,
        nioPosix,
        nioTLS,
      ]
    ),
    .testTarget(
      name: "DTXDinteroTests",
      dependencies: ["DTXDintero", "DTXExecution", "DTXJSON", "DTXLedger"]
    ),

    .target(
      name: "DTXSandboxServer",
      dependencies: [
        "DTXExecution",
        "DTXJSON",
        "DTXLedger",
        "DTXSandbox",
        crypto,
        httpTypes,
        hummingbird,
        hummingbirdCore,
        hummingbirdTLS,
        lifecycle,
        logging,
        nioCore,
        nioTLS,
      ]
    ),
    .testTarget(
      name: "DTXSandboxServerTests",
      dependencies: [
        "DTXExecution",
        "DTXJSON",
        "DTXLedger",
        "DTXSandbox",
        "DTXSandboxServer",
        "DTXTestSupport",
        httpClient,
        nioCore,
        nioHTTP,
      ]
    ),

    // MARK: The terminal

    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CLineEditor", dependencies: ["CLibedit"]),

    .target(
      name: "DTXSession",
      dependencies: [
        "CLineEditor",
        "DTXEvaluator",
        "DTXExecution",
        "DTXLedger",
        "DTXPlanning",
        "DTXReport",
        "DTXSyntax",
      ]
    ),
    .testTarget(
      name: "DTXSessionTests",
      dependencies: [
        "DTXEvaluator",
        "DTXExecution",
        "DTXLedger",
        "DTXPlanning",
        "DTXReport",
        "DTXSession",
        "DTXSyntax",
        "DTXTestSupport",
        "PseudoTerminal",
        "line-editor-probe",
      ]
    ),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(
      name: "PseudoTerminal",
      dependencies: ["CPseudoTerminal"],
      path: "Tests/PseudoTerminal"
    ),
    .executableTarget(
      name: "dtx-recorder",
      dependencies: ["PseudoTerminal"],
      path: "Tests/Recorder"
    ),
    .executableTarget(
      name: "line-editor-probe",
      dependencies: ["DTXSession"],
      path: "Tests/LineEditorProbe"
    ),

    // MARK: The program

    .executableTarget(
      name: "dtx",
      dependencies: [
        "DTXDintero",
        "DTXEvaluator",
        "DTXExecution",
        "DTXJournal",
        "DTXLedger",
        "DTXPlanning",
        "DTXProfiles",
        "DTXReport",
        "DTXSandbox",
        "DTXSandboxServer",
        "DTXSession",
        "DTXSyntax",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(name: "Soaking", dependencies: ["DTXTestSupport", grdb], path: "Tests/Soaking"),
    .executableTarget(name: "dtx-soak", dependencies: ["Soaking"], path: "Tests/SoakProgram"),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "DTXPlanning",
        "DTXTestSupport",
        "PseudoTerminal",
        "Soaking",
        "dtx",
        grdb,
        httpClient,
        nioCore,
        nioHTTP,
      ],
      exclude: ["Golden"]
    ),

    // MARK: Test support

    .target(name: "DTXTestSupport", dependencies: ["DTXExecution", "DTXLedger", "DTXSyntax"]),
    .testTarget(name: "TidyTests"),
    .executableTarget(
      name: "dtx-benchmark",
      dependencies: ["DTXCSV", "DTXEvaluator", "DTXLedger", "DTXSyntax", "DTXTestSupport"],
      path: "Tests/Benchmark"
    ),
    .executableTarget(
      name: "dtx-wire-benchmark",
      dependencies: [
        "DTXDintero",
        "DTXEvaluator",
        "DTXExecution",
        "DTXJournal",
        "DTXLedger",
        "DTXPlanning",
        httpClient,
        nioCore,
        nioHTTP,
        nioPosix,
      ],
      path: "Tests/WireBenchmark"
    ),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}
