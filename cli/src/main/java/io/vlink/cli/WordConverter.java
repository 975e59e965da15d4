package io.vlink.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the words of an enumeration. The converter of picocli 4.7 reads them too, but its error lists the names of the
 * constants.
 */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

    private final List<E> constants;

    WordConverter(Class<E> type) {
        this.constants = Stream.of(type.getEnumConstants()).toList();
    }

    @Override
    public E convert(String word) {
        return constants.stream()
                .filter(constant -> constant.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of %s (case-insensitive) but was '%s'".formatted(constants, word)));
    }
}
