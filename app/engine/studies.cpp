#include "engine/studies.h"

#include "engine/measure.h"
#include "engine/measuring_site.h"
#include "error.h"

#include <algorithm>
#include <utility>

namespace inceptoscope {

void Studies::compare(ComparisonRequest request)
{
    const quint64 number = request.number;
    add({.kind = StudyKind::Comparison, .number = number, .what = std::move(request)});
}

void Studies::pair(ModulePairRequest request)
{
    const quint64 number = request.number;
    add({.kind = StudyKind::Pair, .number = number, .what = std::move(request)});
}

void Studies::study(StudyKind kind, quint64 number, StudyJob job)
{
    for (const Entry& entry : m_queue)
        if (entry.kind == kind && entry.number != number && !entry.over)
            m_publish.study(entry.number, nullptr, {});
    add({.kind = kind, .number = number, .what = std::move(job)});
}

/// In the place of one of its kind that waits; one that is under way ends at its next goOn().
void Studies::add(Entry entry)
{
    for (Entry& other : m_queue) {
        if (other.kind != entry.kind || other.over)
            continue;
        if (&other != m_current) {
            other = std::move(entry);
            return;
        }
        other.over = true;
    }
    m_queue.push_back(std::move(entry));
}

void Studies::cancel(StudyKind kind)
{
    for (auto it = m_queue.begin(); it != m_queue.end();) {
        if (it->kind != kind || it->over) {
            ++it;
            continue;
        }
        drop(*it);
        it->over = true;
        it = &*it == m_current ? std::next(it) : m_queue.erase(it);
    }
}

/// Who asked for a comparison wants to know; the others' askers have cancelled themselves.
void Studies::drop(const Entry& entry)
{
    if (entry.kind == StudyKind::Comparison)
        m_publish.finished(entry.number, false);
}

void Studies::lose(const Entry& entry)
{
    const std::string problem = "the device can't be used: what is counted stands";
    if (const auto* pair = std::get_if<ModulePairRequest>(&entry.what)) {
        ModulePairResult result;
        result.number = pair->number;
        result.sides[0].error = result.sides[1].error = problem;
        m_publish.pair(std::make_shared<const ModulePairResult>(std::move(result)));
    } else if (entry.kind == StudyKind::Comparison) {
        m_publish.finished(entry.number, false);
    } else {
        m_publish.study(entry.number, nullptr, problem);
    }
}

void Studies::giveUp()
{
    const Queue all = std::exchange(m_queue, {});
    for (const Entry& entry : all)
        if (!entry.over)
            lose(entry);
}

Studies::Queue::const_iterator Studies::nextEntry() const
{
    const auto isShort = [](const Entry& entry) {
        return entry.kind != StudyKind::Comparison && !entry.over;
    };
    const auto it = std::ranges::find_if(m_queue, isShort);
    return it != m_queue.end() ? it : m_queue.begin();
}

std::optional<StudyKind> Studies::next() const
{
    if (m_current != nullptr)
        return m_current->kind;
    return m_queue.empty() ? std::nullopt : std::optional(nextEntry()->kind);
}

std::vector<StudyKind> Studies::waiting() const
{
    std::vector<StudyKind> kinds;
    const Entry* done = m_current;
    if (done == nullptr && !m_queue.empty())
        done = &*nextEntry();
    for (const bool comparisons : {false, true})
        for (const Entry& entry : m_queue)
            if (&entry != done && !entry.over &&
                (entry.kind == StudyKind::Comparison) == comparisons)
                kinds.push_back(entry.kind);
    return kinds;
}

bool Studies::shorterWaits() const
{
    return m_current->kind == StudyKind::Comparison && !waiting().empty() &&
           waiting().front() != StudyKind::Comparison;
}

void Studies::step(
    Device& device, Pipelines& pipelines, const std::function<bool()>& goOn,
    std::function<void()> makeRoom)
{
    if (m_queue.empty())
        return;
    // Erases nothing, but gives an iterator that can write. The entry stays where it is, whatever
    // is added or cancelled meanwhile.
    const auto it = m_queue.erase(nextEntry(), nextEntry());
    m_current = &*it;
    const auto end = [&] {
        m_current = nullptr;
        if (it->over)
            m_queue.erase(it);
    };
    const MeasuringSite site{
        .device = device,
        .goOn =
            [&](double fraction) {
                if (it->kind != StudyKind::Comparison)
                    m_publish.studyProgress(it->kind, fraction);
                return goOn() && !it->over && !shorterWaits();
            },
        .makeRoom = std::move(makeRoom),
        .partly = [&](StudyResult part) { m_publish.studyPart(it->number, std::move(part)); },
        .pipelines = std::holds_alternative<StudyJob>(it->what) ? &pipelines : nullptr};
    try {
        measure(*it, site);
        end();
    } catch (const Error& error) {
        end();
        if (error.kind() == ErrorKind::Cancelled)
            return; // the next step begins it anew
        giveUp();
        throw;
    } catch (...) {
        end();
        giveUp();
        throw;
    }
}

void Studies::measure(Entry& entry, const MeasuringSite& site)
{
    if (entry.kind == StudyKind::Comparison) {
        measureNext(entry, site);
        return;
    }
    if (const auto* pair = std::get_if<ModulePairRequest>(&entry.what)) {
        m_publish.pair(std::make_shared<const ModulePairResult>(measurePair(*pair, site)));
    } else {
        StudyResult result;
        const std::string problem =
            failureOf([&] { result = std::get<StudyJob>(entry.what)(site); }, "experiment");
        m_publish.study(entry.number, std::move(result), problem);
    }
    entry.over = true;
}

void Studies::measureNext(Entry& entry, const MeasuringSite& site)
{
    const auto& request = std::get<ComparisonRequest>(entry.what);
    const size_t count = request.entries.size();
    if (entry.next < count) {
        const QString what = QString::fromStdString(request.entries[entry.next].network);
        const MeasuringSite told{
            .device = site.device,
            .goOn =
                [&](double fraction) {
                    m_publish.progress(what, (double(entry.next) + fraction) / double(count));
                    return site.goOn(fraction);
                },
            .makeRoom = site.makeRoom};
        m_publish.row(
            std::make_shared<const ComparisonResult>(measureNetwork(request, entry.next, told)));
        ++entry.next;
    }
    if (entry.next >= count && !entry.over) {
        m_publish.finished(entry.number, true);
        entry.over = true;
    }
}

} // namespace inceptoscope
