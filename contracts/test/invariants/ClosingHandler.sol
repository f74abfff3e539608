// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../src/account/SsoAccount.sol";
import {SpecBuilder} from "../fixtures/SpecBuilder.sol";
import {Campaign} from "./Campaign.sol";

/// @title Sessions that end in every way there is, and a holder of their key who goes on using them
contract ClosingHandler is Campaign {
    struct Session {
        bytes packed;
        bytes32 id;
        uint256 epoch; // in which it was created, by the books
        uint256 expiresAt;
        bool revoked;
    }

    address internal friend = makeAddr("friend");
    SsoAccount internal otherImplementation;

    // ——— books
    Session[] internal all;
    uint256 public epoch;
    bool internal sessionsOff;
    bool internal upgraded;
    uint256 internal owner = PASSKEY;
    uint256 internal nextOwner = 0x1000;

    /// @notice Outcomes that the rules do not allow.
    uint256 public deadActed;
    uint256 public liveRefused;
    uint256 public cameBack;
    uint256 public endedOthers;
    /// @notice Things that worked.
    uint256 public uses;
    uint256 public refusedAfterTheEnd;
    uint256 public revocations;
    uint256 public selfClosures;
    uint256 public recoveries;

    function setUp() public override {
        super.setUp();
        otherImplementation = deployImplementation();
        _asOwner(address(guardian), abi.encodeCall(guardian.proposeGuardian, (friend)));
        vm.prank(friend);
        guardian.acceptGuardian(address(account));
        vm.deal(address(this), 1000 ether);
        entryPoint.depositTo{value: 100 ether}(address(account));
        _create(2 days);
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.createAndUse.selector;
        list[1] = this.createAgain.selector;
        list[2] = this.useTheLast.selector;
        list[3] = this.useAny.selector;
        list[4] = this.revoke.selector;
        list[5] = this.revokeMany.selector;
        list[6] = this.closeItself.selector;
        list[7] = this.endAll.selector;
        list[8] = this.switchTheModule.selector;
        list[9] = this.upgrade.selector;
        list[10] = this.recover.selector;
        list[11] = this.wait_.selector;
    }

    function createAndUse(uint256 duration, uint256 lane) external {
        if (!_create(bound(duration, 1, 5 days))) {
            // The module is off.
            if (!sessionsOff) ++liveRefused;
            return;
        }
        _use(all.length - 1, lane);
    }

    /// @dev An id that was used once, by the owner.
    function createAgain(uint256 which) external {
        Session storage s = all[which % all.length];
        if (_asOwner(address(sessions), abi.encodeCall(sessions.createSession, (s.packed)))) ++cameBack;
    }

    function useTheLast(uint256 lane) external {
        _use(all.length - 1, lane);
    }

    function useAny(uint256 which, uint256 lane) external {
        _use(which % all.length, lane);
    }

    function revoke(uint256 which, bool byAStranger) external {
        Session storage s = all[which % all.length];
        bytes memory data = abi.encodeCall(sessions.revokeSession, (s.id));
        if (byAStranger) {
            (bool done,) = address(sessions).call(data);
            if (done) ++endedOthers;
        } else if (_asOwner(address(sessions), data)) {
            s.revoked = true;
            ++revocations;
        }
    }

    /// @dev The last ones by the bits of `mask`, the last twice.
    function revokeMany(uint256 mask) external {
        uint256 n = all.length < 4 ? all.length : 4;
        bytes32[] memory ids = new bytes32[](n + 1);
        for (uint256 i; i < n; ++i) {
            ids[i] = all[mask & (1 << i) != 0 ? all.length - 1 - i : 0].id;
        }
        ids[n] = ids[0];
        if (!_asOwner(address(sessions), abi.encodeCall(sessions.revokeSessions, (ids)))) return;
        ++revocations;
        for (uint256 i; i < n; ++i) {
            all[mask & (1 << i) != 0 ? all.length - 1 - i : 0].revoked = true;
        }
    }

    /// @dev A session asks to close itself, or another of its key.
    function closeItself(uint256 other, bool another, uint256 lane) external {
        uint256 mine = all.length - 1;
        uint256 closed = another ? other % all.length : mine;
        bool live = _isLive(mine);
        bytes memory data = abi.encodeCall(sessions.revokeSession, (all[closed].id));
        PackedUserOperation memory o = _operation(_lane(lane), single(address(sessions), 0, data));
        o.signature = _sign(o, all[mine].packed, hex"00");
        if (!_submit(o)) return;
        if (!live) ++deadActed;
        if (closed != mine) ++endedOthers;
        all[closed].revoked = true;
        ++selfClosures;
    }

    function endAll() external {
        if (_asOwner(address(account), abi.encodeCall(SsoAccount.endSessions, ()))) ++epoch;
    }

    /// @dev Off and on again, sometimes only off.
    function switchTheModule(bool stayOff) external {
        if (!sessionsOff) {
            bytes memory off = abi.encodeCall(SsoAccount.uninstallModule, (1, address(sessions), ""));
            if (_asOwner(address(account), off)) (sessionsOff, epoch) = (true, epoch + 1);
            if (stayOff) return;
        }
        bytes memory on = abi.encodeCall(SsoAccount.installModule, (1, address(sessions), ""));
        if (_asOwner(address(account), on)) (sessionsOff, epoch) = (false, epoch + 1);
    }

    /// @dev Up and down again, sometimes only up.
    function upgrade(bool downToo) external {
        for (uint256 i; i < (downToo ? 2 : 1); ++i) {
            address next = upgraded ? address(factory.implementation()) : address(otherImplementation);
            if (_asOwner(address(account), abi.encodeCall(SsoAccount.upgradeToAndCall, (next, "")))) {
                (upgraded, epoch) = (!upgraded, epoch + 1);
            }
        }
    }

    function recover() external {
        (bytes32 x, bytes32 y) = publicKey(nextOwner);
        bytes32[] memory removed = new bytes32[](1);
        removed[0] = keyIdOf(owner, ORIGIN);
        vm.startPrank(friend);
        guardian.initializeRecovery(address(account), x, y, "next", ORIGIN, removed);
        vm.warp(block.timestamp + 24 hours + 1);
        guardian.finalizeRecovery(address(account), x, y, "next", ORIGIN, removed);
        vm.stopPrank();
        (owner, nextOwner, epoch) = (nextOwner, nextOwner + 1, epoch + 1);
        ++recoveries;
    }

    function wait_(uint256 time, uint256 kind) external {
        uint256 next = block.timestamp + bound(time, 1, 6 hours);
        uint256 expiresAt = all[all.length - 1].expiresAt;
        if (kind % 3 == 0 && block.timestamp < expiresAt) next = expiresAt + kind % 2;
        vm.warp(next);
    }

    /// @notice Whether a session that the owner approves now works.
    function works() external returns (bool) {
        if (sessionsOff) this.switchTheModule(false);
        uint256 before = uses;
        this.createAndUse(1 days, 0);
        return uses == before + 1;
    }

    /// @dev Each spec is another by its expiry and its number of uses.
    function _create(uint256 duration) private returns (bool done) {
        SpecBuilder.Policy memory policy = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        policy.maxUses = uint16(10_000 + all.length);
        SpecBuilder.Spec memory s = specOf(policy);
        s.expiresAt = uint48(block.timestamp + duration);
        bytes memory packed = SpecBuilder.pack(s);
        done = _asOwner(address(sessions), abi.encodeCall(sessions.createSession, (packed)));
        if (done) all.push(Session(packed, keccak256(packed), epoch, s.expiresAt, false));
    }

    function _use(uint256 which, uint256 lane) private {
        Session storage s = all[which];
        bool live = _isLive(which);
        bytes memory callData = single(address(token), 0, abi.encodeCall(token.transfer, (shop, 1)));
        PackedUserOperation memory o = _operation(_lane(lane), callData);
        o.signature = _sign(o, s.packed, hex"00");
        uint256 before = token.balanceOf(shop);
        bool taken = _submit(o);
        bool acted = taken || token.balanceOf(shop) != before;
        if (acted && !live) ++deadActed;
        if (!acted && live) ++liveRefused;
        if (acted) ++uses;
        else ++refusedAfterTheEnd;
    }

    function _isLive(uint256 which) private view returns (bool) {
        Session storage s = all[which];
        return !s.revoked && s.epoch == epoch && !sessionsOff && block.timestamp <= s.expiresAt;
    }

    // ——— what the invariants ask of the world

    /// @notice Whether every session's first word says what the books say; closed ones have lost everything else.
    function areWordsAsInTheBooks() external view returns (bool) {
        for (uint256 i; i < all.length; ++i) {
            uint256 word = _sessionWord(all[i].id, address(account), 0);
            if (all[i].revoked ? word != 2 << 254 : word >> 224 != (1 << 30 | all[i].epoch)) return false;
        }
        return true;
    }

    function storedEpoch() external view returns (uint256) {
        return uint32(_config() >> 16);
    }
}
