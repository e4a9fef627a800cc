#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/engine.h"
#include "error.h"
#include "file_name.h"
#include "lessons/lesson_check.h"
#include "lessons/lesson_folder.h"
#include "models/window.h"
#include "session/self_test.h"
#include "shown_text.h"
#include "vulkan/vector_width.h"

#include <QGuiApplication>
#include <QTemporaryDir>

#include <memory>

namespace inceptoscope {

namespace {

struct LessonsOptions
{
    std::string folder;
    bool check = false;
    bool json = false;
    std::string handout; ///< id of the lesson to print; empty: none
    std::string out;
    std::string theme = "light";
    std::string device;
};

std::string plain(const QString& text)
{
    constexpr size_t mostBytes = 1000; // lists of what is known are told whole
    return shown(text.toStdString(), mostBytes);
}

std::string fileOf(const LessonProblem& problem)
{
    return shown(fileBytes(shownFileName(problem.file)));
}

/// "size.md:12: page "..." has 73 words ...", as compilers do.
std::string lineOf(const LessonProblem& problem)
{
    const std::string line = problem.line > 0 ? ":" + std::to_string(problem.line) : "";
    return fileOf(problem) + line + ": " + plain(problem.what);
}

Json toJson(const Lesson& lesson)
{
    Json pages = Json::array();
    for (const LessonPage& page : lesson.pages)
        pages.push_back(
            {{"title", page.title.toStdString()},
             {"words", page.words},
             {"task", page.task.has_value()},
             {"prediction", page.prediction.has_value()}});
    return {
        {"id", lesson.id.toStdString()},
        {"title", lesson.title.toStdString()},
        {"chapter", lesson.chapter.toStdString()},
        {"summary", lesson.summary.toStdString()},
        {"pages", pages}};
}

Json toJson(const LessonFolder& folder)
{
    Json lessons = Json::array();
    for (const Lesson& lesson : folder.lessons)
        lessons.push_back(toJson(lesson));
    Json problems = Json::array();
    for (const LessonProblem& problem : folder.problems)
        problems.push_back(
            {{"file", fileOf(problem)}, {"line", problem.line}, {"problem", plain(problem.what)}});
    return {{"lessons", lessons}, {"problems", problems}};
}

void list(const LessonFolder& folder)
{
    Table table({"LESSON", "CHAPTER", ">PAGES", "TITLE"});
    for (const Lesson& lesson : folder.lessons)
        table.add(
            {plain(lesson.id), plain(lesson.chapter), std::to_string(lesson.pages.size()),
             plain(lesson.title)});
    writeOutput(table.text());
}

const Lesson& lessonNamed(const LessonFolder& folder, const std::string& id)
{
    std::vector<std::string> known;
    for (const Lesson& lesson : folder.lessons) {
        if (lesson.id.toStdString() == id)
            return lesson;
        known.push_back(lesson.id.toStdString());
    }
    throw Error(
        ErrorKind::Usage, "--handout: there is no lesson \"" + id + "\"" + suggestion(id, known));
}

/// The window, which nobody sees, goes through the lesson's pages and keeps what it shows.
int printHandout(const LessonsOptions& options)
{
    if (options.out.empty())
        throw Error(ErrorKind::Usage, "lessons: --handout ID needs -o FILE.pdf to write");
    WindowOptions window;
    if (!options.folder.empty())
        window.lessons = loadLessons(fileText(options.folder));
    const LessonFolder bundled = loadLessons(QString::fromLatin1(bundledLessons));
    const Lesson& lesson = lessonNamed(window.lessons ? *window.lessons : bundled, options.handout);
    requireWritable(options.out);
    window.address = stageOf(lesson, 0);
    window.lesson = lesson.id;
    window.screenshot.path = fileText(options.out);
    window.screenshot.theme = QString::fromStdString(options.theme);
    window.screenshot.handout = true;
    const QTemporaryDir settings; // nobody reads this lesson: no progress of anybody's
    window.settings = settings.filePath(QStringLiteral("settings.ini"));
    preferWideVectors(Beside::Window, computesRight);
    const auto application = makeOffscreenApplication();
    Engine engine(QString::fromStdString(options.device));
    Progress progress("Printing " + lesson.title.toStdString());
    window.screenshot.progress = [&progress](double fraction) { progress.update(fraction); };
    return runWindow(*application, engine, window);
}

/// Problems are the answer to --check; without it they are complaints.
int run(const LessonsOptions& options)
{
    if (!options.handout.empty())
        return printHandout(options);
    const QString folder =
        options.folder.empty() ? QString::fromLatin1(bundledLessons) : fileText(options.folder);
    const LessonFolder lessons = loadLessons(folder);
    if (options.json) {
        writeJson(toJson(lessons));
        return lessons.problems.isEmpty() ? 0 : 1;
    }
    std::string problems;
    for (const LessonProblem& problem : lessons.problems)
        problems += lineOf(problem) + "\n";
    if (!options.check) {
        list(lessons);
        for (const LessonProblem& problem : lessons.problems)
            note(lineOf(problem));
    } else if (problems.empty()) {
        const size_t count = size_t(lessons.lessons.size());
        writeOutput(
            std::to_string(count) + (count == 1 ? " lesson" : " lessons") + ", no problem\n");
    } else {
        writeOutput(problems);
    }
    return problems.empty() ? 0 : 1;
}

} // namespace

void addLessons(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<LessonsOptions>();
    CLI::App* command = app.add_subcommand(
        "lessons", "List the lessons, or check a folder of one's own: Markdown files as in "
                   "resources/lessons");
    command->add_option("FOLDER", options->folder, "Folder of .md files; else the bundled lessons");
    command->add_flag("--check", options->check, "Name file, line and what is wrong");
    command->add_flag("--json", options->json, "Print JSON");
    auto* handout =
        command
            ->add_option(
                "--handout", options->handout,
                "Write a lesson as PDF, with a figure of each page; ID as the list has it")
            ->excludes("--check")
            ->excludes("--json");
    command->add_option("-o,--output", options->out, "PDF to write")->needs(handout);
    command->add_option("--theme", options->theme, "light or dark, of the figures")
        ->needs(handout)
        ->check(CLI::IsMember({"light", "dark"}))
        ->capture_default_str();
    addDeviceOption(*command, options->device);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
