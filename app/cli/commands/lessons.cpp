#include "cli/command.h"
#include "cli/output.h"
#include "error.h"
#include "file_name.h"
#include "lessons/lesson_folder.h"
#include "shown_text.h"

#include <memory>

namespace inceptoscope {

namespace {

struct LessonsOptions
{
    std::string folder;
    bool check = false;
    bool json = false;
};

std::string plain(const QString& text)
{
    return shown(text.toStdString());
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

/// Problems are the answer to --check; without it they are complaints.
int run(const LessonsOptions& options)
{
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
        writeOutput(std::to_string(lessons.lessons.size()) + " lessons, no problem\n");
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
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
