

inputPlaceholder