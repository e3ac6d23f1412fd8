// swift-tools-version: 6.3

import PackageDescription

// Each target exists for one thing that it may not do; ARCHITECTURE.md has the table, and
// TidyTests hold the imports to it.
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
  name: "dtx",
  products: [
    .executable(name: "dtx", targets: ["dtx"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // MARK: The pure core

    .target(name: "DTXSyntax"),
    .testTarget(
      name: "DTXSyntaxTests",
      dependencies: ["DTXSyntax", "DTXTestSupport"],
      exclude: ["Golden"]
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

    .target(name: "DTXExecution", dependencies: ["DTXLedger"]),
    .testTarget(
      name: "DTXExecutionTests",
      dependencies: ["DTXExecution", "DTXLedger", "DTXTestSupport"]
    ),

    // MARK: Planning and reporting

    .target(
      name: "DTXPlanning",
      dependencies: ["DTXEvaluator", "DTXExecution", "DTXLedger", "DTXSyntax", crypto]
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
      dependencies: ["DTXEvaluator", "DTXExecution", "DTXLedger", "DTXSyntax"]
    ),
    .testTarget(
      name: "DTXReportTests",
      dependencies: ["DTXExecution", "DTXLedger", "DTXReport", "DTXSyntax", "DTXTestSupport"],
      exclude: ["Golden"]
    ),

    // MARK: What lies on disk

    .target(name: "DTXStore", dependencies: [grdb]),
    .testTarget(name: "DTXStoreTests", dependencies: ["DTXStore", "DTXTestSupport", grdb]),

    .target(
      name: "DTXJournal",
      dependencies: ["DTXExecution", "DTXLedger", "DTXStore", crypto, grdb]
    ),
    .testTarget(
      name: "DTXJournalTests",
      dependencies: [
        "DTXExecution",
        "DTXJournal",
        "DTXLedger",
        "DTXStore",
        "DTXTestSupport",
        crypto,
        grdb,
      ]
    ),

    .target(name: "DTXSandbox", dependencies: ["DTXExecution", "DTXLedger", "DTXStore", grdb]),
    .testTarget(
      name: "DTXSandboxTests",
      dependencies: [
        "DTXExecution",
        "DTXLedger",
        "DTXSandbox",
        "DTXStore",
        "DTXTestSupport",
        grdb,
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
      name: "line-editor-probe",
      dependencies: ["DTXSession"],
      path: "Tests/LineEditorProbe"
    ),

    // MARK: The program

    .executableTarget(
      name: "dtx",
      dependencies: [
        "DTXEvaluator",
        "DTXExecution",
        "DTXJournal",
        "DTXLedger",
        "DTXPlanning",
        "DTXReport",
        "DTXSandbox",
        "DTXSession",
        "DTXSyntax",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(
      name: "ProgramTests",
      dependencies: ["DTXPlanning", "DTXTestSupport", "PseudoTerminal", "dtx", grdb],
      exclude: ["Golden"]
    ),

    // MARK: Test support

    .target(name: "DTXTestSupport", dependencies: ["DTXExecution", "DTXLedger", "DTXSyntax"]),
    .testTarget(name: "TidyTests"),
    .executableTarget(
      name: "dtx-benchmark",
      dependencies: ["DTXEvaluator", "DTXLedger", "DTXSyntax", "DTXTestSupport"],
      path: "Tests/Benchmark"
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
