#include "visualization/hartley.h"

#include <unsupported/Eigen/FFT>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>

namespace inceptoscope {

void Hartley::operator()(std::vector<float>& plane) const
{
    using Complex = std::complex<float>;
    Eigen::FFT<float> fft;
    std::vector<Complex> spectrum(plane.begin(), plane.end());
    std::vector<Complex> line(m_columns);
    for (uint32_t y = 0; y < m_rows; ++y) {
        Complex* row = &spectrum[size_t(y) * m_columns];
        fft.fwd(line.data(), row, int(m_columns));
        std::copy(line.begin(), line.end(), row);
    }
    std::vector<Complex> column(m_rows);
    line.resize(m_rows);
    const float factor = 1.0F / std::sqrt(float(plane.size()));
    for (uint32_t x = 0; x < m_columns; ++x) {
        for (uint32_t y = 0; y < m_rows; ++y)
            column[y] = spectrum[size_t(y) * m_columns + x];
        fft.fwd(line.data(), column.data(), int(m_rows));
        for (uint32_t y = 0; y < m_rows; ++y)
            plane[size_t(y) * m_columns + x] = factor * (line[y].real() - line[y].imag());
    }
}

} // namespace inceptoscope
