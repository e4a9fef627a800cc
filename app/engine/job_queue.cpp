#include "engine/job_queue.h"

#include <algorithm>

namespace inceptoscope {

namespace {

bool light(JobTag tag)
{
    return tag == JobTag::Stage || tag == JobTag::Style || tag == JobTag::Channel ||
           tag == JobTag::Labels || tag == JobTag::KeptMemory || tag == JobTag::Evidence ||
           tag == JobTag::Pair || tag == JobTag::Experiment || tag == JobTag::Comparison;
}

bool heavy(JobTag tag)
{
    return !light(tag) && tag != JobTag::Peaks;
}

bool beyondFrame(JobTag tag)
{
    return heavy(tag) && tag != JobTag::Frame;
}

bool replacesSession(JobTag tag)
{
    return tag == JobTag::Open || tag == JobTag::Auxiliary || tag == JobTag::Cancel;
}

} // namespace

void JobQueue::post(JobTag tag, Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.remove_if([&](const Entry& entry) { return entry.tag == tag; });
        m_jobs.push_back({tag, std::move(job)});
    }
    m_wake.notify_one();
}

void JobQueue::remove(JobTag tag)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.remove_if([&](const Entry& entry) { return entry.tag == tag; });
}

void JobQueue::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_one();
}

std::optional<JobQueue::Job> JobQueue::take(bool wait)
{
    std::unique_lock lock(m_mutex);
    if (wait)
        m_wake.wait(lock, [&] { return m_stopped || !m_jobs.empty(); });
    return takeFirst();
}

std::optional<JobQueue::Job> JobQueue::takeWithin(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, atMost, [&] { return m_stopped || !m_jobs.empty(); });
    return takeFirst();
}

/// Of whoever holds the lock.
std::optional<JobQueue::Job> JobQueue::takeFirst()
{
    if (m_stopped || m_jobs.empty())
        return std::nullopt;
    Job job = std::move(m_jobs.front().job);
    m_jobs.pop_front();
    return job;
}

std::optional<JobQueue::Job> JobQueue::takeLight()
{
    const std::lock_guard lock(m_mutex);
    const auto it = std::find_if(
        m_jobs.begin(), m_jobs.end(), [](const Entry& entry) { return light(entry.tag); });
    if (m_stopped || it == m_jobs.end())
        return std::nullopt;
    Job job = std::move(it->job);
    m_jobs.erase(it);
    return job;
}

bool JobQueue::interruptsRun() const
{
    return waiting(heavy);
}

bool JobQueue::interruptsFrame() const
{
    return waiting(beyondFrame);
}

bool JobQueue::interruptsLoading() const
{
    return waiting(replacesSession);
}

bool JobQueue::stopped() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

bool JobQueue::waiting(bool (*matters)(JobTag)) const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped || std::any_of(m_jobs.begin(), m_jobs.end(), [&](const Entry& entry) {
               return matters(entry.tag);
           });
}

} // namespace inceptoscope
