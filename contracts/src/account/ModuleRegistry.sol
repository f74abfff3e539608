// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {
    IModule,
    MODULE_TYPE_EXECUTOR,
    MODULE_TYPE_FALLBACK,
    MODULE_TYPE_VALIDATOR
} from "../interfaces/IModule.sol";
import {AccountStorage} from "./AccountStorage.sol";

/// @title Modules of an account (ERC-7579)
///
/// @notice The session module and the guardian module stand in the code and are there from birth; both can be
/// uninstalled and installed again. Others are kept in storage, read only if there are any.
///
/// @dev Does not verify: that a module is honest. A module of type 3 (fallback handler) is nothing else.
/// @dev Hooks are not supported.
abstract contract ModuleRegistry {
    /// @notice ERC-7579.
    event ModuleInstalled(uint256 moduleTypeId, address module);

    /// @notice ERC-7579.
    event ModuleUninstalled(uint256 moduleTypeId, address module);

    /// @notice `onUninstall` failed. The module is uninstalled all the same.
    event ModuleUninstallFailed(uint256 moduleTypeId, address module);

    /// @notice All sessions of earlier epochs are dead for good.
    event SessionsEnded(uint256 epoch);

    /// @notice The type is unknown, or the module says that it is not of this type.
    error UnsupportedModuleType(uint256 moduleType, address module);

    /// @notice The module is installed already, or its address is one that cannot be a module.
    error ModuleNotInstallable(uint256 moduleType, address module);

    /// @notice The module is not installed with this type.
    error ModuleNotInstalled(uint256 moduleType, address module);

    /// @notice The account has no more session epochs.
    error EpochsExhausted();

    uint256 private constant LAST_EPOCH = (1 << 30) - 1;

    address internal immutable SESSION_MODULE;
    address internal immutable GUARDIAN_MODULE;

    constructor(address sessionModule, address guardianModule) {
        SESSION_MODULE = sessionModule;
        GUARDIAN_MODULE = guardianModule;
    }

    /// @notice ERC-7579. `context` of a fallback handler: its selector in the first four bytes.
    function isModuleInstalled(uint256 moduleType, address module, bytes calldata context)
        external
        view
        returns (bool)
    {
        if (moduleType == MODULE_TYPE_FALLBACK) {
            return context.length >= 4 && AccountStorage.layout().fallbacks[bytes4(context)] == module
                && module != address(0);
        }
        return _isInstalled(moduleType, module);
    }

    /// @notice Whether the address is installed as a module of any type.
    function isModule(address module) public view returns (bool) {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if (module == SESSION_MODULE) return !$.config.sessionsOff;
        if (module == GUARDIAN_MODULE) return !$.config.guardianOff;
        return $.config.extraModules != 0 && $.modules[module] != 0;
    }

    /// @notice ERC-7579.
    function supportsModule(uint256 moduleType) external pure returns (bool) {
        return moduleType >= MODULE_TYPE_VALIDATOR && moduleType <= MODULE_TYPE_FALLBACK;
    }

    function _isInstalled(uint256 moduleType, address module) internal view returns (bool) {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if (module == SESSION_MODULE) return moduleType == MODULE_TYPE_VALIDATOR && !$.config.sessionsOff;
        if (module == GUARDIAN_MODULE) return moduleType == MODULE_TYPE_EXECUTOR && !$.config.guardianOff;
        if ($.config.extraModules == 0 || moduleType > MODULE_TYPE_FALLBACK) return false;
        return $.modules[module] & (1 << moduleType) != 0;
    }

    /// @dev `initData` of a fallback handler starts with the selector it serves.
    function _install(uint256 moduleType, address module, bytes calldata initData) internal {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if (_isInstalled(moduleType, module) && moduleType != MODULE_TYPE_FALLBACK) {
            revert ModuleNotInstallable(moduleType, module);
        }
        if (module == SESSION_MODULE && moduleType == MODULE_TYPE_VALIDATOR) {
            $.config.sessionsOff = false;
            _endSessions();
        } else if (module == GUARDIAN_MODULE && moduleType == MODULE_TYPE_EXECUTOR) {
            $.config.guardianOff = false;
        } else {
            _record(moduleType, module, initData);
        }
        if (moduleType == MODULE_TYPE_FALLBACK) initData = initData[4:];
        IModule(module).onInstall(initData);
        emit ModuleInstalled(moduleType, module);
    }

    /// @dev A module cannot prevent its removal: what `onUninstall` throws is reported, not passed on.
    function _uninstall(uint256 moduleType, address module, bytes calldata deInitData) internal {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if (!_isInstalled(moduleType, module)) revert ModuleNotInstalled(moduleType, module);
        if (module == SESSION_MODULE) {
            $.config.sessionsOff = true;
            _endSessions();
        } else if (module == GUARDIAN_MODULE) {
            $.config.guardianOff = true;
        } else {
            _erase(moduleType, module, deInitData);
        }
        if (moduleType == MODULE_TYPE_FALLBACK) deInitData = deInitData[4:];
        if (!_notify(module, abi.encodeCall(IModule.onUninstall, (deInitData)))) {
            emit ModuleUninstallFailed(moduleType, module);
        }
        emit ModuleUninstalled(moduleType, module);
    }

    /// @dev The answer is not copied: its size could use up the gas that is left.
    function _notify(address module, bytes memory data) private returns (bool success) {
        assembly ("memory-safe") {
            success := call(gas(), module, 0, add(data, 0x20), mload(data), 0, 0)
        }
    }

    /// @dev Moves the epoch.
    function _endSessions() internal {
        AccountStorage.Config storage config = AccountStorage.layout().config;
        uint32 epoch = config.sessionEpoch;
        if (epoch == LAST_EPOCH) revert EpochsExhausted();
        config.sessionEpoch = epoch + 1;
        emit SessionsEnded(epoch + 1);
    }

    function _record(uint256 moduleType, address module, bytes calldata initData) private {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if (moduleType < MODULE_TYPE_VALIDATOR || moduleType > MODULE_TYPE_FALLBACK) {
            revert UnsupportedModuleType(moduleType, module);
        }
        if (!_mayBeModule(module)) revert ModuleNotInstallable(moduleType, module);
        if (!IModule(module).isModuleType(moduleType)) revert UnsupportedModuleType(moduleType, module);

        uint256 types = $.modules[module];
        if (moduleType == MODULE_TYPE_FALLBACK) {
            bool otherType = types & (1 << MODULE_TYPE_VALIDATOR | 1 << MODULE_TYPE_EXECUTOR) != 0
                || IModule(module).isModuleType(MODULE_TYPE_VALIDATOR)
                || IModule(module).isModuleType(MODULE_TYPE_EXECUTOR);
            bytes4 selector = bytes4(initData[:4]);
            if (otherType || $.fallbacks[selector] != address(0)) revert ModuleNotInstallable(moduleType, module);
            $.fallbacks[selector] = module;
            types += 1 << 8; // number of selectors it serves, above the type bits
        } else if (types & (1 << MODULE_TYPE_FALLBACK) != 0) {
            revert ModuleNotInstallable(moduleType, module);
        }
        if (types == 0 || types == 1 << 8) $.config.extraModules += 1;
        $.modules[module] = types | (1 << moduleType);
    }

    function _erase(uint256 moduleType, address module, bytes calldata deInitData) private {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        uint256 types = $.modules[module];
        if (moduleType == MODULE_TYPE_FALLBACK) {
            bytes4 selector = bytes4(deInitData[:4]);
            if ($.fallbacks[selector] != module) revert ModuleNotInstalled(moduleType, module);
            delete $.fallbacks[selector];
            types -= 1 << 8;
            if (types >> 8 == 0) types = 0;
        } else {
            types &= ~(1 << moduleType);
        }
        if (types == 0) $.config.extraModules -= 1;
        $.modules[module] = types;
    }

    /// @dev Whether an address may be installed beside the built-in modules.
    function _mayBeModule(address module) internal view virtual returns (bool);
}
