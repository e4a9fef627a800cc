#include "architecture/include_rules.h"
#include "support/test_main.h"

#include <QDir>
#include <QDirIterator>

using namespace inceptoscope;

/// The rules of the house, checked on strings first, so that the test is known to fail when it
/// should, then on the sources.
class TestIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void namesFileAndHeader();
    void findsEveryInclude();
    void tellsLongFiles();
    void tellsWhatAsksTheLocale();

    void findsVulkanByWayOfOthers();
    void viewModelsSeeNoVulkan();
    void sourcesKeepTheRules();
    void nothingAsksTheLocale();
    void filesAreShort();
    void everyComputeFolderHasAReadme();
};

static QStringList sources(const QStringList& folders, const QStringList& patterns)
{
    const QDir root(INCEPTOSCOPE_SOURCE_DIR);
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator it(root.filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(root.relativeFilePath(it.next()));
    }
    files.sort();
    return files;
}

static QString read(const QString& file)
{
    QFile f(QDir(INCEPTOSCOPE_SOURCE_DIR).filePath(file));
    if (!f.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(f.readAll());
}

void TestIncludes::rules_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* file, const char* include, bool allowed) {
        QTest::addRow("%s %s", file, include) << file << include << allowed;
    };
    row("compute/graph/op.cpp", "\"graph/op.h\"", true);
    row("compute/graph/op.cpp", "\"error.h\"", true);
    row("compute/graph/op.cpp", "<vector>", true);
    row("compute/graph/op.cpp", "<QString>", false);
    row("compute/graph/op.cpp", "<QtCore/QString>", false);
    row("compute/graph/op.cpp", "<qglobal.h>", false);
    row("compute/graph/op.cpp", "<queue>", true);
    row("compute/graph/op.cpp", "<vulkan/vulkan_core.h>", false);
    row("compute/graph/op.cpp", "\"weights/tensor_source.h\"", false);
    row("compute/graph/op.cpp", "\"../zoo/network.h\"", false);
    row("compute/graph/op.cpp", "<zoo/network.h>", false);
    row("compute/graph/op.cpp", "\"elsewhere/file.h\"", false);
    row("compute/vulkan/device.h", "<vulkan/vulkan_core.h>", true);
    row("compute/vulkan/device.h", "\"vulkan/handle.h\"", true);
    row("compute/vulkan/device.h", "\"graph/graph.h\"", false);
    row("compute/vulkan/device.h", "\"kernels/dispatch.h\"", false);
    row("compute/zoo/googlenet.cpp", "\"graph/builder.h\"", true);
    row("compute/zoo/googlenet.cpp", "\"cost/cost.h\"", false);
    row("compute/cost/cost.cpp", "\"zoo/network.h\"", false);
    row("compute/plan/plan.cpp", "\"weights/layer_weights.h\"", false);
    row("compute/weights/safetensors/safetensors.cpp", "<nlohmann/json.hpp>", true);
    row("compute/weights/safetensors/safetensors.cpp", "<QFile>", false);
    row("compute/kernels/conv2d.cpp", "\"shaders/shaders.h\"", true);
    row("compute/kernels/conv2d.cpp", "\"vulkan/device.h\"", false);
    row("compute/kernels/conv2d.cpp", "<vulkan/vulkan.h>", false);
    row("compute/session/session.cpp", "\"plan/plan.h\"", true);
    row("compute/session/session.cpp", "\"zoo/network.h\"", true);
    row("compute/session/session.cpp", "\"cost/cost.h\"", false);
    row("app/engine/engine.cpp", "\"session/session.h\"", true);
    row("app/engine/engine.cpp", "<QThread>", true);
    row("app/engine/engine.cpp", "\"models/stage/stage_model.h\"", false);
    row("app/engine/engine.cpp", "\"kernels/dispatch.h\"", false);
    row("app/models/stage/stage_model.h", "\"engine/engine.h\"", true);
    row("app/models/stage/stage_model.h", "\"cost/cost.h\"", true);
    row("app/models/stage/stage_model.h", "\"session/session.h\"", false);
    row("app/models/stage/stage_model.h", "\"weights/open_weights.h\"", false);
    row("app/models/stage/stage_model.h", "<vulkan/vulkan.h>", false);
    row("app/models/costs/costs_model.cpp", "\"charts/chart.h\"", true);
    row("app/charts/scatter.cpp", "\"charts/axis.h\"", true);
    row("app/charts/scatter.cpp", "\"cost/cost.h\"", false);
    row("app/charts/scatter.cpp", "\"models/format.h\"", false);
    row("app/cli/commands/classify.cpp", "\"session/session.h\"", true);
    row("app/cli/commands/classify.cpp", "\"models/stage/stage_model.h\"", true);
    row("app/models/stage/stage_model.h", "\"cli/classify.h\"", false);
    row("app/main.cpp", "\"models/stage/stage_model.h\"", true);
    row("compute/newcomer/file.cpp", "<vector>", false);
}

void TestIncludes::rules()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    QFETCH(bool, allowed);
    const QStringList found = includeViolations(file, "#include " + include + "\n");
    QCOMPARE(found.isEmpty(), allowed);
}

void TestIncludes::namesFileAndHeader()
{
    QCOMPARE(
        includeViolations("compute/cost/cost.cpp", "#include \"zoo/network.h\"\n"),
        QStringList{"compute/cost/cost.cpp includes zoo/network.h, which is beyond what "
                    "compute/cost may include"});
    QCOMPARE(
        includeViolations("compute/graph/op.h", "#include <QString>\n"),
        QStringList{"compute/graph/op.h includes QString, which is Qt, which stays out of "
                    "compute/"});
    QCOMPARE(
        includeViolations("compute/newcomer/a.h", ""),
        QStringList{"compute/newcomer/a.h: no rule says what compute/newcomer may include"});
}

void TestIncludes::findsEveryInclude()
{
    const QString content = "#pragma once\n\n#include \"graph/op.h\"\n  #  include <QString>\n"
                            "// #include <QFile>\n#include\t\"zoo/network.h\" // why\n";
    QCOMPARE(includeViolations("compute/graph/op.cpp", content).size(), 2);
}

void TestIncludes::tellsLongFiles()
{
    QVERIFY(lengthViolations("a.cpp", QString(500, '\n')).isEmpty());
    QCOMPARE(
        lengthViolations("a.cpp", QString(501, '\n')),
        QStringList{"a.cpp has 501 lines; split it at 500"});
}

void TestIncludes::findsVulkanByWayOfOthers()
{
    const QMap<QString, QString> sources = {
        {"app/models/a.cpp", "#include \"models/a.h\"\n#include \"engine/plain.h\"\n"},
        {"app/models/a.h", "#include <QString>\n#include \"engine/measure.h\"\n"},
        {"app/engine/plain.h", "#include <vector>\n"},
        {"app/engine/measure.h", "#include \"vulkan/device.h\"\n"},
        {"app/engine/worker.cpp", "#include \"vulkan/device.h\"\n"},
        {"compute/vulkan/device.h",
         "#include \"vulkan/device.h\"\n#include <vulkan/vulkan_core.h>\n"}};
    QCOMPARE(
        vulkanLeaks(sources),
        QStringList(
            {"app/models/a.cpp > app/models/a.h > app/engine/measure.h > "
             "compute/vulkan/device.h > vulkan/vulkan_core.h",
             "app/models/a.h > app/engine/measure.h > compute/vulkan/device.h > "
             "vulkan/vulkan_core.h"}));
}

void TestIncludes::viewModelsSeeNoVulkan()
{
    QMap<QString, QString> all;
    for (const QString& file : sources({"compute", "app"}, {"*.h", "*.cpp"}))
        all.insert(file, read(file));
    QVERIFY(all.contains("app/models/app_model.h"));
    const QStringList found = vulkanLeaks(all);
    QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
}

void TestIncludes::tellsWhatAsksTheLocale()
{
    QCOMPARE(
        localeViolations("a.cpp", "c = std::tolower(c);\n"),
        QStringList{"a.cpp uses tolower, which asks the locale; ascii.h has another"});
    for (const char* text :
         {"std::isdigit (c)", "isspace(c)", "std::stod(text)", "strtof(p, &end)",
          "std::snprintf(text, 4, \"%-5.*f\", d)", "std::ostringstream out;", "strcasecmp(a, b)"})
        QCOMPARE(localeViolations("a.cpp", text).size(), 1);
    for (const char* text :
         {"ascii::isDigit(c)", "text.isspace()", "character->isdigit()", "mystod(x)",
          "std::stoull(text)", "snprintf(t, 4, \"%02x\", i)", "std::fprintf(stderr, \"%s\", text)",
          "toLower()"})
        QVERIFY2(localeViolations("a.cpp", text).isEmpty(), text);
}

void TestIncludes::nothingAsksTheLocale()
{
    QStringList found;
    for (const QString& file : sources({"compute", "app"}, {"*.h", "*.cpp"}))
        found += localeViolations(file, read(file));
    QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
}

void TestIncludes::sourcesKeepTheRules()
{
    const QStringList files = sources({"compute", "app"}, {"*.h", "*.cpp"});
    QVERIFY(files.contains("compute/graph/graph.h"));
    QStringList found;
    for (const QString& file : files)
        found += includeViolations(file, read(file));
    QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
}

void TestIncludes::filesAreShort()
{
    const QStringList files = sources(
        {"compute", "app", "shaders", "ui", "tests"},
        {"*.h", "*.cpp", "*.comp", "*.glsl", "*.qml", "*.js", "*.py", "CMakeLists.txt"});
    QVERIFY(files.contains("tests/architecture/test_includes.cpp"));
    QStringList found;
    for (const QString& file : files)
        if (!file.startsWith("compute/zoo/")) // a zoo file may be one long table
            found += lengthViolations(file, read(file));
    QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n')));
}

void TestIncludes::everyComputeFolderHasAReadme()
{
    const QDir compute(INCEPTOSCOPE_SOURCE_DIR "/compute");
    const QStringList folders = compute.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(folders.contains("graph"));
    QStringList missing;
    for (const QString& folder : folders)
        if (!compute.exists(folder + "/README.md"))
            missing.append("compute/" + folder + " has no README.md");
    QVERIFY2(missing.isEmpty(), qPrintable('\n' + missing.join('\n')));
}

INCEPTOSCOPE_TEST_MAIN(TestIncludes)
#include "test_includes.moc"
