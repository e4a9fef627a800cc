#pragma once

#include <QByteArrayView>
#include <QtEndian>

namespace inceptoscope {

/// Numbers in a picture's file. Beyond its end all of them are 0; has() asks first.
class FileBytes
{
public:
    explicit FileBytes(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] qint64 size() const { return m_bytes.size(); }
    [[nodiscard]] bool has(quint64 at, quint64 count) const
    {
        const auto all = quint64(m_bytes.size());
        return at <= all && count <= all - at;
    }
    [[nodiscard]] bool hasAt(qint64 at, QByteArrayView magic) const
    {
        return has(quint64(at), quint64(magic.size())) && m_bytes.sliced(at, magic.size()) == magic;
    }
    [[nodiscard]] FileBytes part(qint64 at, qint64 count) const
    {
        return FileBytes(
            has(quint64(at), quint64(count)) ? m_bytes.sliced(at, count) : QByteArrayView());
    }
    [[nodiscard]] QByteArrayView view() const { return m_bytes; }

    [[nodiscard]] uint8_t u8(qint64 at) const { return little<uint8_t>(at); }
    template <class T> [[nodiscard]] T little(qint64 at) const
    {
        return has(quint64(at), sizeof(T)) ? qFromLittleEndian<T>(m_bytes.data() + at) : T(0);
    }
    template <class T> [[nodiscard]] T big(qint64 at) const
    {
        return has(quint64(at), sizeof(T)) ? qFromBigEndian<T>(m_bytes.data() + at) : T(0);
    }

private:
    QByteArrayView m_bytes;
};

} // namespace inceptoscope
