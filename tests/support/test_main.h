#pragma once

#include "support/test_device.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QtTest>

#include <cstdio>

namespace inceptoscope {

/// Exit code of a test that passed but left something out; ctest lists it as skipped.
constexpr int exitSkipped = 200;

/// True once a test function of this executable was left out for want of a file.
inline bool& somethingWasLeftOut()
{
    static bool left = false;
    return left;
}

/// Absolute path of a file under ../shared, where the reference facts lie.
inline QString sharedPath(const QString& relative)
{
    return QStringLiteral(INCEPTOSCOPE_SHARED_DIR "/") + relative;
}

/// True where the file is there; otherwise says so on stderr and marks the run as skipped.
inline bool haveShared(const QString& relative)
{
    const QString path = sharedPath(relative);
    if (QFileInfo::exists(path))
        return true;
    somethingWasLeftOut() = true;
    std::fprintf(
        stderr, "\n*** NOT TESTED: %s\n*** needs %s, which isn't there.\n\n",
        QTest::currentTestFunction(), qPrintable(path));
    return false;
}

/// main() without a window: the test's own result, or exitSkipped where it passed without
/// having tested everything.
template <class Test> int runTest(int argc, char** argv)
{
    if (!chooseTestDriver())
        return exitSkipped;
    const QCoreApplication app(argc, argv);
    Test test;
    const int failures = QTest::qExec(&test, argc, argv);
    return failures == 0 && somethingWasLeftOut() ? exitSkipped : failures;
}

} // namespace inceptoscope

/// Leaves the test function, loudly, where ../shared lacks a file.
#define REQUIRE_SHARED(relative)                                                                   \
    do {                                                                                           \
        if (!inceptoscope::haveShared(QStringLiteral(relative)))                                   \
            QSKIP("../shared/" relative " isn't there");                                           \
    } while (false)

/// In place of QTEST_GUILESS_MAIN.
#define INCEPTOSCOPE_TEST_MAIN(Test)                                                               \
    int main(int argc, char** argv)                                                                \
    {                                                                                              \
        return inceptoscope::runTest<Test>(argc, argv);                                            \
    }
