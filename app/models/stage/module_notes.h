#pragma once

#include "zoo/network.h"

#include <QHash>
#include <QString>

namespace inceptoscope {

/// What a module does otherwise than the one that its article draws.
struct Departure
{
    QString sentence;            ///< empty where there is nothing to say
    QHash<quint32, QString> ops; ///< by NodeId, a few words: "5×5 in the article"
};

/// Found by setting both side by side; only GoogLeNet with batch normalisation departs.
[[nodiscard]] Departure departureFromArticle(const Network& network, ModuleId module);

/// What comparing a module with its naive twin answers; empty where it has none.
[[nodiscard]] QString moduleQuestion(const Network& network, ModuleId module);

} // namespace inceptoscope
