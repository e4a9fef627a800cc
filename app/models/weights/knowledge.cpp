#include "models/weights/knowledge.h"

#include "models/picture/samples.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int imagenetClasses = 1000;

QString inKnowledge(const char* text)
{
    return QCoreApplication::translate("Knowledge", text);
}

/// The same file, by whatever way; of two that aren't there, the same path.
bool sameFile(const QString& a, const QString& b)
{
    const QFileInfo first(a);
    const QFileInfo second(b);
    return first.absoluteFilePath() == second.absoluteFilePath() ||
           (first.exists() && first.canonicalFilePath() == second.canonicalFilePath());
}

const ManifestEntry* entryOf(const WeightsStore& store, const QString& spec)
{
    if (spec.isEmpty())
        return nullptr;
    const std::vector<ManifestEntry>& all = store.manifest().entries();
    const auto it = std::find_if(all.begin(), all.end(), [&](const ManifestEntry& entry) {
        return sameFile(store.path(entry), spec);
    });
    return it == all.end() ? nullptr : &*it;
}

} // namespace

Knowledge
knowledgeOf(const WeightsStore& store, const WeightsState& weights, const ManifestEntry* offer)
{
    Knowledge knowledge;
    const ManifestEntry* entry = weights.trained ? entryOf(store, weights.spec) : nullptr;
    if (!entry)
        return knowledge;
    knowledge.bundled = entry->bundled;
    if (entry->bundled)
        knowledge.sentence =
            inKnowledge("Trained on %1 kinds of drawn pictures.").arg(entry->classes);
    else if (entry->classes == imagenetClasses)
        knowledge.sentence =
            inKnowledge("Trained on ImageNet: %1 kinds of photographs.").arg(entry->classes);
    else
        knowledge.sentence = entry->notes;
    if (entry->bundled && offer && offer->classes == imagenetClasses)
        knowledge.photographs = store.isThere(*offer)
                                    ? inKnowledge("ImageNet's, for photographs, are fetched.")
                                    : inKnowledge("For photographs, fetch ImageNet's.");
    return knowledge;
}

const char* firstSample(const WeightsStore& store, const QString& spec)
{
    const ManifestEntry* entry = entryOf(store, spec);
    return entry && entry->bundled ? drawnSample : photographSample;
}

} // namespace inceptoscope
