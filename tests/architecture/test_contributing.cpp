// CONTRIBUTING.md against the sources that it names and quotes.
#include "support/test_main.h"

#include <QDirIterator>
#include <QRegularExpression>

using namespace inceptoscope;

namespace {

QString textOf(const QString& path)
{
    QFile file(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<QRegularExpressionMatch> matches(const char* pattern, const QString& text)
{
    QList<QRegularExpressionMatch> all;
    auto found = QRegularExpression(pattern, QRegularExpression::DotMatchesEverythingOption)
                     .globalMatch(text);
    while (found.hasNext())
        all << found.next();
    return all;
}

} // namespace

class TestContributing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotes();
    void paths();
    void tests();
    void presets();

private:
    const QString m_text = textOf("CONTRIBUTING.md");
};

/// A block headed by a file's name stands in that file, word for word.
void TestContributing::quotes()
{
    const auto blocks = matches("```\\w+ ([^\\n]+)\\n(.*?)\\n```", m_text);
    QVERIFY(blocks.size() >= 5);
    for (const auto& block : blocks)
        QVERIFY2(
            textOf(block.captured(1)).contains(block.captured(2)), qPrintable(block.captured()));
}

void TestContributing::paths()
{
    const auto named = matches("`((?:app|compute|shaders|ui|resources|tests)/[\\w./]+)", m_text);
    QVERIFY(named.size() >= 20);
    for (const auto& path : named) {
        const QString file = path.captured(1);
        if (file != "shaders/NAME.comp")
            QVERIFY2(
                QFileInfo::exists(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/") + file),
                qPrintable(file));
    }
}

void TestContributing::tests()
{
    QStringList sources;
    QDirIterator walk(
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests"), {"test_*.cpp"}, QDir::Files,
        QDirIterator::Subdirectories);
    while (walk.hasNext())
        sources << QFileInfo(walk.next()).completeBaseName();
    const auto named = matches("\\b(test_[a-z_]+)\\b", m_text);
    QVERIFY(named.size() >= 6);
    for (const auto& name : named)
        QVERIFY2(sources.contains(name.captured(1)), qPrintable(name.captured(1)));
}

void TestContributing::presets()
{
    const QString presets = textOf("CMakePresets.json");
    const auto named = matches("--preset (\\w+)", m_text);
    QVERIFY(named.size() >= 3);
    for (const auto& name : named)
        QVERIFY2(
            presets.contains("\"name\": \"" + name.captured(1) + '"'), qPrintable(name.captured()));
}

INCEPTOSCOPE_TEST_MAIN(TestContributing)
#include "test_contributing.moc"
