#include "models/save/table_text.h"

namespace inceptoscope {

QString tableLine(QStringList fields, QChar separator)
{
    for (QString& field : fields) {
        if (separator != u',')
            field.replace(separator, u' ').replace(u'\n', u' ');
        else if (field.contains(u',') || field.contains(u'"') || field.contains(u'\n'))
            field = u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return fields.join(separator) + u'\n';
}

} // namespace inceptoscope
