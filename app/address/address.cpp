#include "address/address.h"

#include "address/escapes.h"
#include "address/views.h"
#include "attribution/methods.h"
#include "error.h"
#include "experiments/experiment.h"
#include "file_name.h"
#include "shown_text.h"
#include "zoo/network.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

constexpr QLatin1String scheme("inceptoscope:");
constexpr int mostChannels = 1 << 20;

struct Part
{
    const char* key;
    QString Address::*text; ///< null: it is a number
    std::optional<int> Address::*number;
    bool file; ///< may be the name of a file, which is bytes
};

/// In the order in which they are written.
constexpr std::array parts{
    Part{"network", &Address::network, nullptr, false},
    Part{"picture", &Address::picture, nullptr, true},
    Part{"weights", &Address::weights, nullptr, true},
    Part{"view", &Address::view, nullptr, false},
    Part{"tab", nullptr, &Address::tab, false},
    Part{"module", &Address::module, nullptr, false},
    Part{"op", &Address::op, nullptr, false},
    Part{"channel", nullptr, &Address::channel, false},
    Part{"why", &Address::why, nullptr, false},
    Part{"class", nullptr, &Address::ofClass, false},
    Part{"dream", nullptr, &Address::dream, false},
    Part{"experiment", &Address::experiment, nullptr, false},
    Part{"set", &Address::set, nullptr, false},
};

/// Of whatever somebody sent, in a sentence: one line and not long.
QString quoted(const QString& text)
{
    constexpr size_t mostBytes = 60;
    return u'"' + QString::fromStdString(shown(fileBytes(text), mostBytes)) + u'"';
}

QString sentence(const QString& what)
{
    return QStringLiteral("address: ") + what;
}

QString listed(const std::vector<std::string>& words)
{
    QStringList list;
    for (const std::string& word : words)
        list << QString::fromStdString(word);
    return list.join(QStringLiteral(", "));
}

QString knownViews()
{
    QStringList ids;
    for (const View& view : windowViews())
        ids << view.id;
    return ids.join(QStringLiteral(", "));
}

QString knownKeys()
{
    QStringList keys;
    for (const Part& part : parts)
        keys << QLatin1String(part.key);
    return keys.join(QStringLiteral(", "));
}

/// Reads one KEY=VALUE; returns what is wrong with it.
QString readPart(const QString& text, Address& address)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 1)
        return QStringLiteral("%1 is not of the form KEY=VALUE").arg(quoted(text));
    const QString key = text.left(equals);
    const auto part = std::find_if(
        parts.begin(), parts.end(), [&](const Part& p) { return key == QLatin1String(p.key); });
    if (part == parts.end())
        return QStringLiteral("%1 is none of its parts, which are %2")
            .arg(quoted(key), knownKeys());
    const QString escaped = text.mid(equals + 1);
    const auto bytes = unescaped(fileBytes(escaped));
    if (!bytes)
        return QStringLiteral("%1 %2 has a % that two hexadecimal digits don't follow")
            .arg(key, quoted(escaped));
    if (bytes->empty())
        return QStringLiteral("%1 has no value").arg(key);
    if (hasControls(*bytes))
        return QStringLiteral("%1 %2 holds a control character").arg(key, quoted(escaped));
    if (!part->file && !isUtf8(*bytes))
        return QStringLiteral("%1 %2 is no UTF-8").arg(key, quoted(escaped));
    const QString value = fileText(*bytes);
    if (part->text != nullptr) {
        if (!(address.*part->text).isEmpty())
            return QStringLiteral("%1 stands there twice").arg(key);
        address.*part->text = value;
        return {};
    }
    if (address.*part->number)
        return QStringLiteral("%1 stands there twice").arg(key);
    const bool digits =
        std::all_of(bytes->begin(), bytes->end(), [](char c) { return c >= '0' && c <= '9'; });
    const int number = digits && bytes->size() < 9 ? value.toInt() : mostChannels;
    if (number >= mostChannels)
        return QStringLiteral("%1 %2 is no number from 0 to %3")
            .arg(key, quoted(value))
            .arg(mostChannels - 1);
    address.*part->number = number;
    return {};
}

/// What is wrong with an experiment's name or its settings, "n=7,channels=16".
QString faultOfExperiment(const QString& id, const QString& set)
{
    try {
        (void)settingsIn(experimentNamed(id.toStdString()), set.toStdString());
    } catch (const Error& error) {
        const QString why = QString::fromUtf8(error.what());
        const QLatin1String option("--"); // of the command line: here it is set=n=7
        return why.startsWith(option) ? why.mid(option.size()) : why;
    }
    return {};
}

QString faultOfQuestion(const Address& address)
{
    if (address.why.isEmpty())
        return address.ofClass ? QStringLiteral("class %1 needs the method (why) that is asked")
                                     .arg(*address.ofClass)
                               : QString();
    QStringList ids;
    for (const MethodFacts& facts : methods())
        ids << QString::fromUtf8(facts.id.data(), qsizetype(facts.id.size()));
    return ids.contains(address.why)
               ? QString()
               : QStringLiteral("why %1 is none of the methods, which are %2")
                     .arg(quoted(address.why), ids.join(QStringLiteral(", ")));
}

QString faultOfDream(const Address& address)
{
    if (!address.dream)
        return {};
    if (*address.dream < 1 || *address.dream > mostDreamSizes)
        return QStringLiteral("dream %1 is no number of sizes from 1 to %2")
            .arg(*address.dream)
            .arg(mostDreamSizes);
    if (!address.why.isEmpty() || !address.op.isEmpty() || address.channel)
        return QStringLiteral("dream is the whole module's: it goes with no why, op or channel");
    return {};
}

/// What can be known of it without the network.
QString fault(const Address& address)
{
    const std::vector<std::string> networks = networkIds();
    if (!address.network.isEmpty() &&
        std::find(networks.begin(), networks.end(), address.network.toStdString()) ==
            networks.end())
        return QStringLiteral("network %1 doesn't exist; the networks are: %2")
            .arg(quoted(address.network), listed(networks));
    const View* view = findView(address.view);
    if (!address.view.isEmpty() && view == nullptr)
        return QStringLiteral("view %1 doesn't exist; the views are: %2")
            .arg(quoted(address.view), knownViews());
    if (address.tab && view == nullptr)
        return QStringLiteral("tab %1 needs the view that it is of").arg(*address.tab);
    if (address.tab && *address.tab >= view->tabs)
        return QStringLiteral("view %1 has no tab %2").arg(address.view).arg(*address.tab);
    if (address.experiment.isEmpty() && !address.set.isEmpty())
        return QStringLiteral("set %1 needs the experiment that it is of").arg(quoted(address.set));
    if (!address.experiment.isEmpty())
        if (QString why = faultOfExperiment(address.experiment, address.set); !why.isEmpty())
            return why;
    if (QString why = faultOfQuestion(address); !why.isEmpty())
        return why;
    if (QString why = faultOfDream(address); !why.isEmpty())
        return why;
    if (address.module.isEmpty() && !address.op.isEmpty())
        return QStringLiteral("op %1 needs the module that it is in").arg(quoted(address.op));
    if (address.module.isEmpty() && address.channel)
        return QStringLiteral("channel %1 needs the module that it is in").arg(*address.channel);
    return {};
}

} // namespace

bool looksLikeAddress(const QString& text)
{
    return text.startsWith(scheme, Qt::CaseInsensitive);
}

AddressRead readAddress(const QString& text)
{
    AddressRead read;
    const auto refuse = [&read](const QString& why) {
        read = {{}, sentence(why)};
        return read;
    };
    if (!looksLikeAddress(text))
        return refuse(QStringLiteral("%1 doesn't begin with %2").arg(quoted(text), scheme));
    if (text.size() > longestAddress)
        return refuse(QStringLiteral("%1 has %2 characters, more than %3")
                          .arg(quoted(text))
                          .arg(text.size())
                          .arg(longestAddress));
    const QString rest = text.mid(scheme.size());
    if (rest.isEmpty())
        return read;
    for (const QString& part : rest.split(u'&'))
        if (const QString why = readPart(part, read.address); !why.isEmpty())
            return refuse(why);
    if (const QString why = fault(read.address); !why.isEmpty())
        return refuse(why);
    return read;
}

QString addressText(const Address& address)
{
    QByteArray text(scheme.data(), scheme.size());
    for (const Part& part : parts) {
        std::string value;
        if (part.text != nullptr)
            value = fileBytes(address.*part.text);
        else if (address.*part.number)
            value = std::to_string(*(address.*part.number));
        if (value.empty())
            continue;
        text += text.endsWith(':') ? "" : "&";
        text += QByteArray(part.key) + '=' + QByteArray::fromStdString(escaped(value));
    }
    return QString::fromLatin1(text);
}

QString objection(const Address& address, const Graph& graph)
{
    const auto logits = graph.logits();
    if (!address.why.isEmpty() && !logits)
        return sentence(QStringLiteral("why: the network has no classes to ask about"));
    if (address.ofClass && logits && *address.ofClass >= int(graph[*logits].shape.c))
        return sentence(QStringLiteral("class %1 doesn't exist: the network has %2, from 0")
                            .arg(*address.ofClass)
                            .arg(graph[*logits].shape.c));
    if (address.module.isEmpty())
        return {};
    const auto module = graph.findModule(address.module.toStdString());
    if (!module)
        return sentence(QStringLiteral("the network has no module %1").arg(quoted(address.module)));
    NodeId node = graph.modules()[*module].output;
    if (!address.op.isEmpty()) {
        const auto op = graph.find(address.op.toStdString());
        if (!op || graph[*op].module != *module)
            return sentence(QStringLiteral("module %1 has no op %2")
                                .arg(quoted(address.module), quoted(address.op)));
        node = *op;
    }
    const int channels = int(graph[node].shape.c);
    if (address.channel && *address.channel >= channels)
        return sentence(QStringLiteral("channel %1 doesn't exist: %2 has %3, from 0")
                            .arg(*address.channel)
                            .arg(quoted(QString::fromStdString(graph[node].name)))
                            .arg(channels));
    return {};
}

Address completed(const Address& asked, const Address& last)
{
    Address all = asked;
    const bool sameNetwork = asked.network.isEmpty() || asked.network == last.network;
    if (all.network.isEmpty())
        all.network = last.network;
    if (all.picture.isEmpty())
        all.picture = last.picture;
    if (all.module.isEmpty() && sameNetwork) {
        all.module = last.module;
        all.op = last.op;
        all.channel = last.channel;
        if (asked.dream) { // it is the whole module's
            all.op.clear();
            all.channel.reset();
        } else if (all.why.isEmpty()) {
            all.why = last.why;
            all.ofClass = last.ofClass;
        }
    }
    if (all.experiment.isEmpty()) {
        all.experiment = last.experiment;
        all.set = last.set;
    }
    // Who asks for a module, a class or an experiment wants to see it.
    const bool named = !asked.module.isEmpty() || !asked.why.isEmpty() || asked.dream ||
                       !asked.experiment.isEmpty();
    if (all.view.isEmpty() && !named) {
        all.view = last.view;
        all.tab = last.tab;
    }
    return all;
}

} // namespace inceptoscope
