# Run by cmake --install after the variables of CMakeLists.txt: what the program writes of itself,
# and what gets compressed.
cmake_policy(VERSION 3.25)
file(MAKE_DIRECTORY "${made}")

# describe(FORM NAME FOLDER): what `--describe FORM` prints, installed as FOLDER/NAME
function(describe form name folder)
    execute_process(COMMAND "${program}" --describe ${form} OUTPUT_FILE "${made}/${name}"
        COMMAND_ERROR_IS_FATAL ANY)
    if(form STREQUAL "man")
        compress("${made}/${name}")
        set(name ${name}.gz)
    endif()
    install_made(${name} "${folder}")
endfunction()

function(compress file)
    execute_process(COMMAND "${gzip}" -9nf "${file}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(install_made name folder)
    if(NOT IS_ABSOLUTE "${folder}")
        set(folder "${CMAKE_INSTALL_PREFIX}/${folder}")
    endif()
    file(INSTALL "${made}/${name}" DESTINATION "${folder}"
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endfunction()

# Debian's zsh looks in a folder of its own for what packages bring.
set(zsh_folder site-functions)
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr" AND EXISTS /etc/debian_version)
    set(zsh_folder vendor-completions)
endif()
describe(man inceptoscope.1 "${manuals}/man1")
describe(bash inceptoscope "${data}/bash-completion/completions")
describe(zsh _inceptoscope "${data}/zsh/${zsh_folder}")
describe(fish inceptoscope.fish "${data}/fish/vendor_completions.d")
file(COPY "${changelog}" DESTINATION "${made}")
compress("${made}/changelog")
install_made(changelog.gz "${doc}")
